package dev.octosts.webhook.spi;

import dev.octosts.github.Route;
import dev.octosts.policy.guardrail.GuardrailsInForce;

/**
 * Finds the guard rails that are in force, for a check of policies before they are used. The exchange has to apply the
 * same ones.
 */
@FunctionalInterface
public interface GuardrailLookup {

    /**
     * The guard rails that are in force for the repositories of an owner. Reads them from GitHub when they are not
     * known.
     *
     * @param route one of the owner's installations, to read with
     */
    GuardrailsInForce of(Route route);
}
