package dev.octosts.exchange.github;

import dev.octosts.exchange.github.InstallationTokens.Route;
import dev.octosts.policy.Guardrails;
import java.util.List;

/** Tells whoever judges policies before they are used which guard rails the exchange would hold them against. */
public interface GuardrailsInForce {

    /**
     * The guard rails of this moment for the repositories of an owner; asks GitHub when they are not known.
     *
     * @param route one of the owner's installations, to read with
     */
    Answer of(Route route);

    /** What is known of them. */
    sealed interface Answer {

        /**
         * All of them.
         *
         * @param rails the organization's first; empty when nobody has any
         */
        record Known(List<Owned> rails) implements Answer {
            public Known {
                rails = List.copyOf(rails);
            }
        }

        /** The organization's file cannot be used: the exchange refuses what its repositories' policies grant. */
        record Unusable() implements Answer {}

        /**
         * GitHub does not tell.
         *
         * @param limited because it limits requests
         */
        record Unknown(boolean limited) implements Answer {}
    }

    /**
     * Guard rails of somebody.
     *
     * @param whose "organization" or "service"
     * @param rails what they say
     */
    record Owned(String whose, Guardrails rails) {}
}
