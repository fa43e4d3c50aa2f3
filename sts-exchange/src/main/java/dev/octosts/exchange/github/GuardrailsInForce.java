package dev.octosts.exchange.github;

import dev.octosts.exchange.github.InstallationTokens.Route;
import dev.octosts.policy.Guardrails;
import java.util.List;

/**
 * Finds the guard rails that are in force, for a check of policies before they are used. The exchange would apply the
 * same ones.
 */
public interface GuardrailsInForce {

    /**
     * The guard rails that are in force for the repositories of an owner. Reads them from GitHub when they are not
     * known.
     *
     * @param route one of the owner's installations, to read with
     */
    Answer of(Route route);

    /** The guard rails, or why they are not known. */
    sealed interface Answer {

        /**
         * All guard rails are known.
         *
         * @param rails the organization's first; empty when there are none
         */
        record Known(List<Owned> rails) implements Answer {
            public Known {
                rails = List.copyOf(rails);
            }
        }

        /** The organization's file cannot be used: the exchange refuses what its repositories' policies grant. */
        record Unusable() implements Answer {}

        /**
         * GitHub gives no answer.
         *
         * @param limited because it limits requests
         */
        record Unknown(boolean limited) implements Answer {}
    }

    /**
     * Guard rails with their owner.
     *
     * @param whose "organization" or "service"
     * @param rails what they say
     */
    record Owned(String whose, Guardrails rails) {}
}
