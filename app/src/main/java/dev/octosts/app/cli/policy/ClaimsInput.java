package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.TokenClaims;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Formats;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * The claims that a user gives in place of a token.
 *
 * @param claims as a policy sees them
 * @param payload as they were given
 * @param timed whether the expiry of the token matters: claims in a file are examples
 */
record ClaimsInput(Claims claims, JsonObject payload, boolean timed) {

    private static final BigDecimal LEEWAY = BigDecimal.valueOf(300);

    static ClaimsInput of(String where, JsonObject payload, boolean timed) throws CommandFailure {
        return new ClaimsInput(
                TokenClaims.of(payload)
                        .orElseThrow(() -> new CommandFailure(
                                CommandFailure.REFUSED,
                                where + ": iss or sub is missing, or no text: no service takes such a token")),
                payload,
                timed);
    }

    /** The reason why the service refuses the token before it reads the policy. */
    Optional<String> refusedBefore(Instant now) {
        var seconds = BigDecimal.valueOf(now.getEpochSecond());
        if (!Formats.isIssuer(claims.issuer())) {
            return Optional.of("an https address without query and fragment is wanted, not the issuer \""
                    + claims.issuer() + "\"");
        }
        if (!timed) {
            return Optional.empty();
        }
        if (payload.get("exp") instanceof JsonNumber expiry
                && expiry.bigDecimalValue().compareTo(seconds) <= 0) {
            return Optional.of("the token has expired");
        }
        if (payload.get("nbf") instanceof JsonNumber start
                && start.bigDecimalValue().compareTo(seconds.add(LEEWAY)) > 0) {
            return Optional.of("the token is not valid yet");
        }
        return Optional.empty();
    }
}
