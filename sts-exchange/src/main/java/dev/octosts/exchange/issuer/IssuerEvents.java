package dev.octosts.exchange.issuer;

/**
 * Receives events about the keys of issuers, for observers that count. It is called on the hot path: implementations
 * return at once.
 */
public interface IssuerEvents {
    /** Keys were in memory. */
    default void keysHit() {}

    /** Keys were not in memory; the caller waits for them. */
    default void keysMissed() {}

    /** Discovery and keys, or after a rotation the keys alone, were fetched. */
    default void keysLoaded() {}

    /** An issuer could not be reached, or its answer cannot be used. */
    default void loadFailed() {}

    /** An issuer was not called because it failed repeatedly a moment ago. */
    default void failureRemembered() {}

    /** Too many loads, waiting callers or signature checks at once; this caller was turned away. */
    default void overloaded() {}

    /** A token was refused without a check, because the same check has failed a moment ago. */
    default void checkRemembered() {}

    /** Counts nothing. */
    static IssuerEvents none() {
        return new IssuerEvents() {};
    }
}
