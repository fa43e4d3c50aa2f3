package dev.octosts.webhook.review;

import dev.octosts.exchange.github.ChangedFile;
import dev.octosts.exchange.github.ChangedFile.Kind;

/**
 * A file that a change touches.
 *
 * @param file which, and what happened to it
 * @param base the commit or branch where its former version stands; empty when that is not known
 */
record Touched(ChangedFile file, String base) {

    /** A file of which no more is known than that it is there. */
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
