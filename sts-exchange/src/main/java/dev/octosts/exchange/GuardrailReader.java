package dev.octosts.exchange;

import dev.octosts.exchange.source.Enforcement;
import dev.octosts.github.Route;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.GuardrailsInForce;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads guard rails in the same way as exchanges do, and shares their cache. */
public final class GuardrailReader {

    private final RuleLoader rules;
    private final GrantLimits limits;

    GuardrailReader(RuleLoader rules, GrantLimits limits) {
        this.rules = rules;
        this.limits = limits;
    }

    /**
     * The guard rails that are in force for the repositories of an owner. Reads them from GitHub when they are not
     * known.
     *
     * @param route one of the owner's installations, to read with
     */
    public GuardrailsInForce of(Route route) {
        return switch (rules.organization(route).guardrails()) {
            case Enforcement.None<Guardrails>() -> known(Optional.empty());
            case Enforcement.InForce<Guardrails>(var rails) -> known(Optional.of(rails));
            case Enforcement.Invalid<Guardrails>() -> new GuardrailsInForce.Unusable();
            case Enforcement.Unavailable<Guardrails>(var cause) ->
                new GuardrailsInForce.Unknown(cause == Enforcement.Cause.LIMITED);
        };
    }

    private GuardrailsInForce known(Optional<Guardrails> organization) {
        return new GuardrailsInForce.Known(Stream.concat(
                        organization.map(rails -> new GuardrailsInForce.Owned("organization", rails)).stream(),
                        limits.guardrails().map(rails -> new GuardrailsInForce.Owned("service", rails)).stream())
                .toList());
    }
}
