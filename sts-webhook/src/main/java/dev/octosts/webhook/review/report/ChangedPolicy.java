package dev.octosts.webhook.review.report;

import dev.octosts.github.ChangedFile;
import dev.octosts.github.ChangedFile.Kind;

/**
 * A file that a change touches.
 *
 * @param file which, and what happened to it
 * @param base the commit or branch that has its former version; empty when that is not known
 */
public record ChangedPolicy(ChangedFile file, String base) {

    /** A file that is known to be there; nothing else is known of it. */
    public static ChangedPolicy withoutHistory(String path) {
        return new ChangedPolicy(new ChangedFile(path, Kind.MODIFIED), "");
    }

    public String path() {
        return file.path();
    }

    public boolean isRemoved() {
        return file.kind() == Kind.REMOVED;
    }

    public boolean isNew() {
        return file.kind() == Kind.ADDED;
    }

    public boolean hasFormerVersion() {
        return !isNew() && !base.isEmpty();
    }
}
