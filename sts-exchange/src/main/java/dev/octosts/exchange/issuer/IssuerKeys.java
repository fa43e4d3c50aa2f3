package dev.octosts.exchange.issuer;

import dev.octosts.exchange.jose.KeySet;
import java.time.Duration;
import java.time.Instant;

/**
 * The discovery data and the keys of an issuer at one time. A class and not a record: the next load is another object,
 * even if it says the same.
 */
public final class IssuerKeys {
    private static final int ROOM_OF_AN_ENTRY = 4 * 1024;

    private final ProviderMetadata provider;
    private final KeySet keys;
    private final Instant keysSeenAt;
    private final Instant loadedAt;
    private final Instant rotatableFrom;

    private IssuerKeys(
            ProviderMetadata provider, KeySet keys, Instant keysSeenAt, Instant loadedAt, Instant rotatableFrom) {
        this.provider = provider;
        this.keys = keys;
        this.keysSeenAt = keysSeenAt;
        this.loadedAt = loadedAt;
        this.rotatableFrom = rotatableFrom;
    }

    static IssuerKeys loaded(ProviderMetadata provider, KeySet keys, Instant now) {
        return new IssuerKeys(provider, keys, now, now, now);
    }

    /** Loaded after these were known: keys that are no longer in the set are retired, see {@link KeySet}. */
    IssuerKeys after(IssuerKeys before) {
        return new IssuerKeys(
                provider,
                keys.after(before.keys, before.keysSeenAt, keysSeenAt),
                keysSeenAt,
                loadedAt,
                before.rotatableFrom);
    }

    /** A new key set, found at the address that is already known. Discovery keeps its age. */
    IssuerKeys rotated(KeySet newKeys, Instant now) {
        return new IssuerKeys(provider, newKeys.after(keys, keysSeenAt, now), now, loadedAt, rotatableFrom);
    }

    IssuerKeys rotatableFrom(Instant moment) {
        return new IssuerKeys(provider, keys, keysSeenAt, loadedAt, moment);
    }

    String issuer() {
        return provider.issuer();
    }

    public ProviderMetadata provider() {
        return provider;
    }

    public KeySet keys() {
        return keys;
    }

    /** When the key set was last fetched. */
    Instant keysSeenAt() {
        return keysSeenAt;
    }

    boolean isOlderThan(Duration age, Instant now) {
        return now.isAfter(loadedAt.plus(age));
    }

    boolean isRotatable(Instant now) {
        return !now.isBefore(rotatableFrom);
    }

    /** Bytes of memory, roughly. */
    int weight() {
        return ROOM_OF_AN_ENTRY + keys.weight();
    }
}
