package dev.octosts.exchange.bearer;

import java.time.Duration;
import java.time.Instant;

/** What is known of an issuer at one time. A class and not a record: the next load is another, even if it says the same. */
final class IssuerKeys {
    // Objects of a key set take about this many times the room of its JSON text.
    private static final int ROOM_OF_A_BYTE = 4;
    private static final int ROOM_OF_AN_ENTRY = 4 * 1024;

    private final Provider provider;
    private final KeySet keys;
    private final int bytes;
    private final Instant loadedAt;
    private final Instant rotatableFrom;

    private IssuerKeys(Provider provider, KeySet keys, int bytes, Instant loadedAt, Instant rotatableFrom) {
        this.provider = provider;
        this.keys = keys;
        this.bytes = bytes;
        this.loadedAt = loadedAt;
        this.rotatableFrom = rotatableFrom;
    }

    /** @param bytes the size of the documents as they came */
    static IssuerKeys loaded(Provider provider, KeySet keys, int bytes, Instant now) {
        return new IssuerKeys(provider, keys, bytes, now, now);
    }

    /** Another key set, found at the address that is already known; discovery keeps its age. */
    IssuerKeys rotated(KeySet newKeys, int newBytes) {
        return new IssuerKeys(provider, newKeys, newBytes, loadedAt, rotatableFrom);
    }

    IssuerKeys rotatableFrom(Instant moment) {
        return new IssuerKeys(provider, keys, bytes, loadedAt, moment);
    }

    String issuer() {
        return provider.issuer();
    }

    Provider provider() {
        return provider;
    }

    KeySet keys() {
        return keys;
    }

    boolean isOlderThan(Duration age, Instant now) {
        return now.isAfter(loadedAt.plus(age));
    }

    boolean isRotatable(Instant now) {
        return !now.isBefore(rotatableFrom);
    }

    Instant rotatableFrom() {
        return rotatableFrom;
    }

    /** Bytes of memory, roughly. */
    int weight() {
        return ROOM_OF_AN_ENTRY + ROOM_OF_A_BYTE * bytes;
    }
}
