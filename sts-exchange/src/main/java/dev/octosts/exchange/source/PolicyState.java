package dev.octosts.exchange.source;

import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.Fault;
import java.util.List;

/** The state of the place where a policy is expected: a policy, no file, or a file that cannot be used. */
public sealed interface PolicyState {

    /** Whether there is no file. */
    default boolean isNone() {
        return this instanceof Absent || this instanceof NotAFile;
    }

    /**
     * A policy.
     *
     * @param policy compiled
     * @param etag GitHub's tag of this version
     * @param blob git's id of the content
     */
    record Present(TrustPolicy policy, String etag, String blob) implements PolicyState {}

    /** Nothing: GitHub says that there is no such file. */
    record Absent() implements PolicyState {}

    /** Something that is not a file: a directory, a submodule or a symbolic link. */
    record NotAFile() implements PolicyState {}

    /** A file whose content cannot be read. */
    record Unreadable() implements PolicyState {}

    /**
     * A file that does not have the form of a policy.
     *
     * @param faults every fault in it
     * @param etag GitHub's tag of this version
     */
    record Unparsable(List<Fault> faults, String etag) implements PolicyState {
        public Unparsable {
            faults = List.copyOf(faults);
        }
    }

    /**
     * A file that has the form of a policy, but is invalid.
     *
     * @param faults every fault in it
     * @param etag GitHub's tag of this version
     */
    record Invalid(List<Fault> faults, String etag) implements PolicyState {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
