package dev.octosts.exchange;

import dev.octosts.exchange.github.GuardrailsInForce;
import dev.octosts.exchange.github.InstallationTokens.Route;
import dev.octosts.exchange.organization.Cause;
import dev.octosts.exchange.organization.Standing;
import dev.octosts.policy.Guardrails;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads guard rails in the same way as exchanges do, and shares their cache. */
final class ReadGuardrails implements GuardrailsInForce {

    private final Sources sources;
    private final GrantLimits limits;

    ReadGuardrails(Sources sources, GrantLimits limits) {
        this.sources = sources;
        this.limits = limits;
    }

    @Override
    public Answer of(Route route) {
        return switch (sources.organization(route).guardrails()) {
            case Standing.Free<Guardrails>() -> known(Optional.empty());
            case Standing.Bound<Guardrails>(var rails) -> known(Optional.of(rails));
            case Standing.Broken<Guardrails>() -> new Answer.Unusable();
            case Standing.Unknown<Guardrails>(var cause) -> new Answer.Unknown(cause == Cause.LIMITED);
        };
    }

    private Answer known(Optional<Guardrails> organization) {
        return new Answer.Known(Stream.concat(
                        organization.map(rails -> new Owned("organization", rails)).stream(),
                        limits.guardrails().map(rails -> new Owned("service", rails)).stream())
                .toList());
    }
}
