package dev.octosts.webhook.review;

import dev.octosts.github.ChangedFile;
import dev.octosts.webhook.payload.RepositoryRef;
import java.util.List;
import java.util.Optional;

/**
 * A review that an event asks for.
 *
 * @param place the repository
 * @param head the commit that is reviewed
 * @param sources the sources that say which files are touched
 * @param again whether it is to be done although it was done before
 * @param landing the change to audit, when it is in force now
 */
public record Task(RepositoryRef place, String head, List<Source> sources, boolean again, Optional<Landing> landing) {

    public Task {
        sources = List.copyOf(sources);
    }

    /**
     * A change that has reached the default branch.
     *
     * @param before the commit that was there before; all zeroes when there was none
     * @param actor who brought it there
     * @param touched which files it touches
     */
    record Landing(String before, String actor, Touch touched) {

        Landing of(List<ChangedFile> files) {
            return new Landing(before, actor, new Touch.Named(files));
        }
    }

    /** The files that are touched by a change that has reached the default branch. */
    sealed interface Touch {

        /**
         * These.
         *
         * @param files in the policies' folder and below
         */
        record Named(List<ChangedFile> files) implements Touch {
            public Named {
                files = List.copyOf(files);
            }
        }

        /** The files that the review finds in the comparison. */
        record Reviewed() implements Touch {}

        /** There is no list: the folder before and the folder now have to be compared. */
        record Unknown() implements Touch {}
    }

    /** A review of the files that these sources name, unless it was done before. */
    static Task of(RepositoryRef place, String head, List<Source> sources) {
        return new Task(place, head, sources, false, Optional.empty());
    }
}
