package dev.octosts.webhook.spi;

/**
 * Keeps replicas from reviewing one commit at the same time. Without it, each would find no check run and make one.
 * One process keeps its own reviews of a commit apart by itself.
 */
public interface CommitLock {

    /** There are no other replicas, or nothing that they share. */
    CommitLock NONE = head -> () -> {};

    /**
     * Waits until no other replica has the commit, for some minutes at most, and keeps it from them until the claim is
     * closed. Never fails: a second check run is better than none.
     */
    CommitClaim take(String head);

    /** A claim on a commit: other replicas do not review it meanwhile. */
    interface CommitClaim extends AutoCloseable {

        @Override
        void close();
    }
}
