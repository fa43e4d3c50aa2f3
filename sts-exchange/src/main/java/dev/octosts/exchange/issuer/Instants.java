package dev.octosts.exchange.issuer;

import java.time.Instant;

/** Converts instants to the numbers in which caches count time. */
final class Instants {
    private static final long NANOS_OF_A_SECOND = 1_000_000_000L;

    private Instants() {}

    static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS_OF_A_SECOND + instant.getNano();
    }
}
