package dev.octosts.exchange;

import dev.octosts.exchange.source.Cause;
import dev.octosts.exchange.source.Enforcement;
import dev.octosts.github.Route;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.GuardrailsInForce;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads guard rails in the same way as exchanges do, and shares their cache. */
public final class GuardrailReader {

    private final RuleLoader sources;
    private final GrantLimits limits;

    GuardrailReader(RuleLoader sources, GrantLimits limits) {
        this.sources = sources;
        this.limits = limits;
    }

    /**
     * The guard rails that are in force for the repositories of an owner. Reads them from GitHub when they are not
     * known.
     *
     * @param route one of the owner's installations, to read with
     */
    public GuardrailsInForce of(Route route) {
        return switch (sources.organization(route).guardrails()) {
            case Enforcement.Free<Guardrails>() -> known(Optional.empty());
            case Enforcement.Bound<Guardrails>(var rails) -> known(Optional.of(rails));
            case Enforcement.Broken<Guardrails>() -> new GuardrailsInForce.Unusable();
            case Enforcement.Unknown<Guardrails>(var cause) -> new GuardrailsInForce.Unknown(cause == Cause.LIMITED);
        };
    }

    private GuardrailsInForce known(Optional<Guardrails> organization) {
        return new GuardrailsInForce.Known(Stream.concat(
                        organization.map(rails -> new GuardrailsInForce.Owned("organization", rails)).stream(),
                        limits.guardrails().map(rails -> new GuardrailsInForce.Owned("service", rails)).stream())
                .toList());
    }
}
