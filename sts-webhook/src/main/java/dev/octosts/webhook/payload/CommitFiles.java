package dev.octosts.webhook.payload;

import java.util.List;

/**
 * The changes of a commit to the files in the policies' folder.
 *
 * @param added files that it brought
 * @param modified files that it changed
 * @param removed files that it took away
 */
public record CommitFiles(List<String> added, List<String> modified, List<String> removed) {

    public CommitFiles {
        added = List.copyOf(added);
        modified = List.copyOf(modified);
        removed = List.copyOf(removed);
    }
}
