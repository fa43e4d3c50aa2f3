package dev.octosts.exchange;

import dev.octosts.api.TurnedAway;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.api.trace.Trace;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.policy.Decision;
import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;

/**
 * Evaluates policies. A policy that may take long is evaluated on a thread of a {@link WorkQueue}, where owners take
 * turns: the threads that serve all callers are never held by the patterns of one tenant.
 */
final class Decisions implements AutoCloseable {

    private final String domain;
    private final WorkQueue queue;
    private final StandingRules standing;
    private final CallerBudgets budgets;
    private final TokenVerifier verifier;

    /**
     * An evaluator of policies.
     *
     * @param domain the audience that a token must have when a policy names none
     * @param queue runs evaluations that may take long
     * @param standing decides who may know why a policy does not accept a token
     * @param budgets is notified of accepted callers
     * @param verifier is notified of the issuers of accepted callers
     */
    Decisions(String domain, WorkQueue queue, StandingRules standing, CallerBudgets budgets, TokenVerifier verifier) {
        this.domain = domain;
        this.queue = queue;
        this.standing = standing;
        this.budgets = budgets;
        this.verifier = verifier;
    }

    /** The audience that a token must have when a policy names none. */
    String domain() {
        return domain;
    }

    /** The permit of a policy that accepts the token. */
    Permit permit(Admission admission, AuditTrail trail) throws RefusedException {
        Decision decision = of(admission);
        trail.decided(decision);
        return switch (decision) {
            case Permit permit -> {
                budgets.accepted(admission.claims(), admission.target().account());
                verifier.proven(admission.claims().issuer());
                yield permit;
            }
            case Deny denied -> {
                String rule =
                        admission.policy().document().key(denied.decisive().rule());
                Trace.note("octosts.rule", rule);
                throw Refusal.denied(denied.message(), rule, showsDetails(admission, denied));
            }
        };
    }

    /** Whether the policy accepts the token. */
    Decision of(Admission admission) throws RefusedException {
        if (!admission.policy().isCostlyFor(admission.claims())) {
            return decision(admission);
        }
        try {
            return queue.run(admission.target().account(), WorkQueue.Standing.UNKNOWN, () -> decision(admission));
        } catch (BusyException busy) {
            throw Refusal.turnedAway(TurnedAway.DECISIONS, busy.retryAfter());
        }
    }

    /** Whether the caller may know what the policy requires. */
    boolean showsDetails(Admission admission, Decision decision) {
        return standing.tellsDetails(admission.caller(), decision);
    }

    private Decision decision(Admission admission) {
        return admission.policy().evaluate(admission.claims(), domain);
    }

    @Override
    public void close() {
        queue.close();
    }
}
