package dev.octosts.exchange.source;

import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;

/** The knowledge about the files of one organization. Each file has its own state. */
record OrganizationKnowledge(LastKnownGood<TrustedIssuers> trustedIssuers, LastKnownGood<Guardrails> guardrails) {

    private static final int SMALL = 512;

    /** The result of one lookup of both files. */
    record Look(Fetched<TrustedIssuers> trustedIssuers, Fetched<Guardrails> guardrails) {

        /** A lookup that found nothing out, for that cause. */
        static Look vain(Cause cause) {
            return new Look(new Fetched.Nothing<>(cause), new Fetched.Nothing<>(cause));
        }

        boolean isDefinitive() {
            return trustedIssuers.isDefinitive() && guardrails.isDefinitive();
        }

        boolean isVain() {
            return !trustedIssuers.isDefinitive() && !guardrails.isDefinitive();
        }
    }

    static OrganizationKnowledge none() {
        return new OrganizationKnowledge(LastKnownGood.none(), LastKnownGood.none());
    }

    OrganizationKnowledge after(Look look, long now) {
        return new OrganizationKnowledge(
                trustedIssuers.after(look.trustedIssuers(), now), guardrails.after(look.guardrails(), now));
    }

    OrganizationEnforcement rules(long now) {
        return new OrganizationEnforcement(trustedIssuers.standing(now), guardrails.standing(now));
    }

    int weight() {
        int weight = SMALL;
        if (trustedIssuers.good() instanceof Fetched.Present<TrustedIssuers>(var rules)) {
            weight += rules.weight();
        }
        if (guardrails.good() instanceof Fetched.Present<Guardrails>(var rules)) {
            weight += rules.weight();
        }
        return weight;
    }
}
