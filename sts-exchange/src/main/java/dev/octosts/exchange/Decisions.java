package dev.octosts.exchange;

import dev.octosts.api.TurnedAway;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.policy.Decision;

/**
 * Evaluates policies. A policy that may take long is evaluated on a thread of a {@link WorkQueue}, where owners take
 * turns: the threads that serve all callers are never held by the patterns of one tenant.
 */
final class Decisions implements AutoCloseable {

    private final String domain;
    private final WorkQueue queue;

    /**
     * An evaluator of policies.
     *
     * @param domain the audience that a token must have when a policy names none
     * @param queue runs evaluations that may take long
     */
    Decisions(String domain, WorkQueue queue) {
        this.domain = domain;
        this.queue = queue;
    }

    /** Whether the policy accepts the token. */
    Decision of(Admission admission) throws RefusedException {
        if (!admission.policy().isCostlyFor(admission.claims())) {
            return decision(admission);
        }
        try {
            return queue.run(admission.target().account(), WorkQueue.Standing.UNKNOWN, () -> decision(admission));
        } catch (BusyException busy) {
            throw RefusedException.turnedAway(TurnedAway.DECISIONS, busy.retryAfter());
        }
    }

    private Decision decision(Admission admission) {
        return admission.policy().evaluate(admission.claims(), domain);
    }

    @Override
    public void close() {
        queue.close();
    }
}
