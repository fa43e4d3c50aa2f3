package dev.octosts.exchange;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.RateBudget;
import java.util.function.LongSupplier;

/**
 * How often callers may make this service ask GitHub about what it has never seen: a name that a caller invents costs
 * calls of an App's hourly quota. What was seen within the last hour costs nothing here, and neither does what is
 * found.
 *
 * <p>Workflows of the owner itself, and issuers whose tokens it has accepted, have buckets of their own, so that
 * strangers cannot empty them.
 */
final class LookupBudgets {

    private static final int MAXIMUM_KEYS = 20_000;

    private static final double OWNERS_PER_SECOND = 1;
    private static final double OWNERS_AT_ONCE = 60;
    private static final double POLICIES_PER_SECOND = 0.5;
    private static final double POLICIES_AT_ONCE = 40;

    /** In sum over all strangers, who may have any number of issuers. */
    private static final double STRANGERS_PER_SECOND = 5;

    private static final double STRANGERS_AT_ONCE = 300;

    private final RateBudget<Asking> owners;
    private final RateBudget<Asking> policies;
    private final RateBudget<Boolean> strangers;

    /** @param nanoTime a clock that is never set */
    LookupBudgets(LongSupplier nanoTime) {
        this.owners = new RateBudget<>(OWNERS_PER_SECOND, OWNERS_AT_ONCE, MAXIMUM_KEYS, nanoTime);
        this.policies = new RateBudget<>(POLICIES_PER_SECOND, POLICIES_AT_ONCE, MAXIMUM_KEYS, nanoTime);
        this.strangers = new RateBudget<>(STRANGERS_PER_SECOND, STRANGERS_AT_ONCE, 1, nanoTime);
    }

    /**
     * Whose budget pays for asking GitHub.
     *
     * @param issuer the issuer of the caller's token
     * @param account the owner that is asked about; empty for a stranger who asks about many
     * @param stranger whether nothing connects the caller with that owner
     */
    private record Asking(String issuer, String account, boolean stranger) {}

    /** One look-up of something that was not seen lately. */
    final class Lookup {

        private final RateBudget<Asking> budget;
        private final Asking asking;

        private Lookup(RateBudget<Asking> budget, Asking asking) {
            this.budget = budget;
            this.asking = asking;
        }

        /**
         * Checks that there have not been too many look-ups that found nothing.
         *
         * @throws BusyException when there have been
         */
        void begin() throws BusyException {
            budget.check(asking);
            if (asking.stranger()) {
                strangers.check(true);
            }
        }

        /** It found nothing. Only this costs, so tenants with many policies are not slowed down. */
        void inVain() {
            budget.charge(asking);
            if (asking.stranger()) {
                strangers.charge(true);
            }
        }
    }

    /** The look-up of an owner. */
    Lookup owner(String issuer, String account, boolean stranger) {
        return new Lookup(owners, new Asking(issuer, stranger ? "" : account, stranger));
    }

    /** The look-up of a policy. */
    Lookup policy(String issuer, String account, boolean stranger) {
        return new Lookup(policies, new Asking(issuer, account, stranger));
    }
}
