package dev.octosts.exchange.bearer;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the types and the times of the registered claims, RFC 7519 section 4.1. */
final class RegisteredClaims {
    // The clocks of issuers may be ahead. A token that is used too early does less harm than one that is used too late.
    private static final Duration NOT_BEFORE_LEEWAY = Duration.ofMinutes(5);
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(Instant.MAX.getEpochSecond());

    private RegisteredClaims() {}

    /** The first fault of the claims at this moment; empty when they are valid. */
    static Optional<String> fault(Map<String, @Nullable Object> claims, Instant now) {
        if (!isAudience(claims)) {
            return Optional.of("aud is neither a string nor a list of strings");
        }
        Instant expiry = time(claims, "exp");
        if (expiry == null) {
            return Optional.of("exp is missing or not a time");
        }
        if (!now.isBefore(expiry)) {
            return Optional.of("expired at " + expiry);
        }
        if (claims.containsKey("iat") && time(claims, "iat") == null) {
            return Optional.of("iat is not a time");
        }
        // An explicit null says no more than an absent claim.
        if (claims.get("nbf") == null) {
            return Optional.empty();
        }
        Instant notBefore = time(claims, "nbf");
        if (notBefore == null) {
            return Optional.of("nbf is not a time");
        }
        return notBefore.isAfter(now.plus(NOT_BEFORE_LEEWAY))
                ? Optional.of("not valid before " + notBefore)
                : Optional.empty();
    }

    /** The claim {@code exp}. {@link #fault} has checked that it is there. */
    static Instant expiry(Map<String, @Nullable Object> claims) {
        return Objects.requireNonNull(time(claims, "exp"), "exp");
    }

    private static boolean isAudience(Map<String, @Nullable Object> claims) {
        return switch (claims.get("aud")) {
            case String _ -> true;
            case List<?> audiences -> audiences.stream().allMatch(String.class::isInstance);
            case null -> !claims.containsKey("aud");
            default -> false;
        };
    }

    /** A NumericDate in whole seconds, or null when the value is no NumericDate or out of range. */
    private static @Nullable Instant time(Map<String, @Nullable Object> claims, String name) {
        BigDecimal seconds = switch (claims.get(name)) {
            case Long number -> BigDecimal.valueOf(number);
            case BigDecimal number -> number;
            case null, default -> null;
        };
        // Compared before it is converted: the digits of 1e999999999 would fill the memory.
        if (seconds == null || seconds.abs().compareTo(LAST_SECOND) > 0) {
            return null;
        }
        return Instant.ofEpochSecond(seconds.longValue());
    }
}
