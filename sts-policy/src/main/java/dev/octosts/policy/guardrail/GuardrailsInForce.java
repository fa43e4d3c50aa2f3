package dev.octosts.policy.guardrail;

import java.util.List;

/** The guard rails that are in force for the repositories of an owner, or why they are not known. */
public sealed interface GuardrailsInForce {

    /**
     * All guard rails are known.
     *
     * @param rails the organization's first; empty when there are none
     */
    record Known(List<Owned> rails) implements GuardrailsInForce {
        public Known {
            rails = List.copyOf(rails);
        }
    }

    /** The organization's file cannot be used: the exchange refuses what its repositories' policies grant. */
    record Unusable() implements GuardrailsInForce {}

    /**
     * GitHub gives no answer.
     *
     * @param limited because it limits requests
     */
    record Unknown(boolean limited) implements GuardrailsInForce {}

    /**
     * Guard rails with their owner.
     *
     * @param whose "organization" or "service"
     * @param rails what they say
     */
    record Owned(String whose, Guardrails rails) {}
}
