package dev.octosts.webhook.review;

import dev.octosts.exchange.github.ChangedFile;
import dev.octosts.exchange.github.ChangedFile.Kind;

/**
 * A file that a change touches.
 *
 * @param file which, and what happened to it
 * @param base the commit or branch that has its former version; empty when that is not known
 */
record Touched(ChangedFile file, String base) {

    /** A file that is known to be there; nothing else is known of it. */
    static Touched withoutHistory(String path) {
        return new Touched(new ChangedFile(path, Kind.MODIFIED), "");
    }

    String path() {
        return file.path();
    }

    boolean isRemoved() {
        return file.kind() == Kind.REMOVED;
    }

    boolean isNew() {
        return file.kind() == Kind.ADDED;
    }

    boolean hasFormerVersion() {
        return !isNew() && !base.isEmpty();
    }
}
