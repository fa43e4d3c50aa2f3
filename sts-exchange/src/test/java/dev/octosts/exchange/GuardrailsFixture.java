package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;

import dev.octosts.api.ExchangeEvent.GuardrailViolation;
import dev.octosts.api.Problem;
import java.time.Duration;
import java.util.List;

/** Guard rails that {@link ExchangeFixture#policy} breaks, and the answer. */
final class GuardrailsFixture {

    static final String TIGHT = "max_permissions: {issues: read}\n";
    static final Problem TOO_MUCH = new Problem(PERMISSION_DENIED, "permissions exceed organization guardrails");
    static final Duration FRESH = Duration.ofMinutes(5);

    private GuardrailsFixture() {}

    static List<GuardrailViolation> violations(ExchangeFixture world) {
        return world.events().getLast().guardrails();
    }
}
