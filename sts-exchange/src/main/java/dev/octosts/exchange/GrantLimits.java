package dev.octosts.exchange;

import dev.octosts.policy.Guardrails;
import java.util.Optional;

/**
 * What this service grants at most, whatever policies and organizations say.
 *
 * @param guardrails hold for every organization, beside its own; the stricter wins
 * @param readOnly whether no level above {@code read} is granted to anybody
 */
public record GrantLimits(Optional<Guardrails> guardrails, boolean readOnly) {

    /** No limits but those of the organizations. */
    public static final GrantLimits NONE = new GrantLimits(Optional.empty(), false);
}
