package dev.octosts.exchange.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores which installation serves whom, for a time after the last use. */
public interface AssignmentStore {

    /**
     * An installation, and the App that it belongs to.
     *
     * @param appId the App
     * @param installationId the installation
     */
    record Assignment(long appId, long installationId) {}

    /** The installation of a key. The lookup prolongs the life of the entry. */
    Optional<Assignment> find(AssignmentKey key) throws StoreException;

    /**
     * Assigns an installation to a key. The first writer wins, on whatever replica.
     *
     * @param replaced the assignment that the key has and shall not have any more; null when it has nothing
     * @param wanted the assignment that it shall have
     * @return the assignment that it has now: the wanted one, or the one of a faster writer
     */
    Assignment assign(AssignmentKey key, @Nullable Assignment replaced, Assignment wanted) throws StoreException;
}
