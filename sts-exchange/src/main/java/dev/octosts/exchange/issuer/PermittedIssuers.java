package dev.octosts.exchange.issuer;

import java.time.Duration;
import java.util.Set;

/**
 * The rules for which issuers this service accepts and calls, and for how long it keeps their keys.
 *
 * @param issuers the only ones whose tokens are accepted, byte for byte; empty permits any
 * @param allowLoopback whether {@code localhost}, {@code 127.0.0.1} and {@code ::1} may be called (for tests)
 * @param allowPrivate whether hosts with addresses of private networks may be called
 * @param lifetimes how long keys are kept
 */
public record PermittedIssuers(Set<String> issuers, boolean allowLoopback, boolean allowPrivate, Lifetimes lifetimes) {
    public PermittedIssuers {
        issuers = Set.copyOf(issuers);
    }

    /** Any issuer on the public internet. */
    public static PermittedIssuers anyPublicIssuer() {
        return new PermittedIssuers(Set.of(), false, false, Lifetimes.standard());
    }

    /** Whether tokens of an issuer are accepted. The operator's file may name further issuers. */
    public boolean permits(String issuer) {
        return issuers.isEmpty() || issuers.contains(issuer);
    }

    /** The same, for an issuer that may run in a private network. */
    PermittedIssuers inPrivateNetworks() {
        return new PermittedIssuers(issuers, allowLoopback, true, lifetimes);
    }

    /**
     * How long keys are kept.
     *
     * @param fresh after this time keys are fetched again, whatever {@code Cache-Control} says
     * @param outage for so long the last known keys are used while the issuer cannot be reached
     * @param rotation the shortest time between two refreshes that unknown keys cause
     */
    public record Lifetimes(Duration fresh, Duration outage, Duration rotation) {
        public Lifetimes {
            if (!fresh.isPositive() || !rotation.isPositive() || outage.compareTo(fresh) < 0) {
                throw new IllegalArgumentException("fresh and rotation must be positive, outage at least fresh: fresh "
                        + fresh + ", outage " + outage + ", rotation " + rotation);
            }
        }

        /** Fifteen minutes fresh, six hours through an outage, a rotation every five seconds. */
        public static Lifetimes standard() {
            return new Lifetimes(Duration.ofMinutes(15), Duration.ofHours(6), Duration.ofSeconds(5));
        }

        /** Keys in use are refreshed from this age on, while callers go on with the present ones. */
        Duration refreshAhead() {
            // Every exchange asks, and Duration multiplies with big numbers.
            return Duration.ofMillis(fresh.toMillis() * 4 / 5);
        }
    }
}
