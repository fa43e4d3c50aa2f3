package dev.octosts.exchange;

import dev.octosts.policy.guardrail.Guardrails;
import java.util.Optional;

/**
 * The limits of every grant of this service, whatever policies and organizations say.
 *
 * @param guardrails hold for every organization, in addition to its own; the stricter one wins
 * @param readOnly whether this service grants no level above {@code read}
 */
public record GrantLimits(Optional<Guardrails> guardrails, boolean readOnly) {

    /** No limits but those of the organizations. */
    public static final GrantLimits NONE = new GrantLimits(Optional.empty(), false);
}
