package dev.octosts.exchange.routing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps which installation serves whom, for a time after the last use. */
public interface StickyRoutes {

    /**
     * An installation, and the App that it is of.
     *
     * @param appId the App
     * @param installationId the installation
     */
    record Assignment(long appId, long installationId) {}

    /** Whose installation it is; its life is prolonged by the question. */
    Optional<Assignment> find(StickyKey key) throws StoreException;

    /**
     * Gives a key an installation. Whoever is first wins, on whatever replica.
     *
     * @param replaced what the key has and shall not have any more; null when it has nothing
     * @param wanted what it shall have
     * @return what it has now: the same, or what another one was faster to give it
     */
    Assignment assign(StickyKey key, @Nullable Assignment replaced, Assignment wanted) throws StoreException;

    /** The store does not answer, or not in time. */
    final class StoreException extends Exception {

        private static final long serialVersionUID = 1L;

        public StoreException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
