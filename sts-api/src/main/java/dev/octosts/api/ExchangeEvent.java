package dev.octosts.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of one exchange, allowed or denied: fired as a CDI event, written as the audit log line.
 *
 * @param actor who asked, as far as a verified token proves it; {@link Actor#UNKNOWN} otherwise
 * @param trustPolicy the keys of the policy as they were evaluated, or null when no policy was reached
 * @param installationId the installation that minted, or 0
 * @param scope the scope that was asked for
 * @param identity the identity that was asked for
 * @param userAgent the caller's program; empty when it did not say
 * @param tokenSha256 SHA-256 of the token in lower-case hexadecimal; empty when none was handed out
 * @param problem why the exchange was refused, or null when it was not
 * @param time when the exchange began
 * @param took how long it took
 */
public record ExchangeEvent(
        Actor actor,
        @Nullable Map<String, Object> trustPolicy,
        long installationId,
        String scope,
        String identity,
        String userAgent,
        String tokenSha256,
        @Nullable Problem problem,
        Instant time,
        Duration took) {

    /**
     * The workload that asked.
     *
     * @param issuer the verified issuer
     * @param subject the verified subject
     * @param claims the claims that the policy names, and no others
     */
    public record Actor(String issuer, String subject, List<Claim> claims) {

        /** Nobody: the token was not verified. */
        public static final Actor UNKNOWN = new Actor("", "", List.of());

        public Actor {
            claims = List.copyOf(claims);
        }
    }

    /**
     * A claim that the policy looked at.
     *
     * @param name its name
     * @param value its value as the policy compares it
     */
    public record Claim(String name, String value) {}
}
