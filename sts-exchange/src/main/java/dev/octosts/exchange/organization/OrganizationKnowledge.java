package dev.octosts.exchange.organization;

import dev.octosts.policy.Guardrails;
import dev.octosts.policy.TrustedIssuers;

/** The knowledge about the files of one organization. Each file has its own state. */
record OrganizationKnowledge(Knowledge<TrustedIssuers> trustedIssuers, Knowledge<Guardrails> guardrails) {

    private static final int SMALL = 512;

    /** The result of one lookup of both files. */
    record Look(Sighting<TrustedIssuers> trustedIssuers, Sighting<Guardrails> guardrails) {

        /** A lookup that found nothing out, for that cause. */
        static Look vain(Cause cause) {
            return new Look(new Sighting.Nothing<>(cause), new Sighting.Nothing<>(cause));
        }

        boolean isDefinitive() {
            return trustedIssuers.isDefinitive() && guardrails.isDefinitive();
        }

        boolean isVain() {
            return !trustedIssuers.isDefinitive() && !guardrails.isDefinitive();
        }
    }

    static OrganizationKnowledge none() {
        return new OrganizationKnowledge(Knowledge.none(), Knowledge.none());
    }

    OrganizationKnowledge after(Look look, long now) {
        return new OrganizationKnowledge(
                trustedIssuers.after(look.trustedIssuers(), now), guardrails.after(look.guardrails(), now));
    }

    OrganizationRules rules(long now) {
        return new OrganizationRules(trustedIssuers.standing(now), guardrails.standing(now));
    }

    int weight() {
        int weight = SMALL;
        if (trustedIssuers.good() instanceof Sighting.Present<TrustedIssuers>(var rules)) {
            weight += rules.weight();
        }
        if (guardrails.good() instanceof Sighting.Present<Guardrails>(var rules)) {
            weight += rules.weight();
        }
        return weight;
    }
}
