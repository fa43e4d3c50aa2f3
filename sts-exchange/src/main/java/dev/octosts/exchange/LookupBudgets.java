package dev.octosts.exchange;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.RateBudget;
import java.util.function.LongSupplier;

/**
 * Limits how often callers may make this service ask GitHub about names that it has never seen: a name that a caller
 * invents costs calls of an App's hourly quota. A name that was seen within the last hour costs nothing here, and
 * neither does a name that is found.
 *
 * <p>Callers that an account knows have buckets of their own, so that strangers cannot empty them. Strangers also share
 * one bucket for each account and one for each site of issuers, because a stranger can have any number of issuers.
 */
final class LookupBudgets {

    private static final int MAXIMUM_KEYS = 20_000;

    private static final double OWNERS_PER_SECOND = 1;
    private static final double OWNERS_AT_ONCE = 60;
    private static final double POLICIES_PER_SECOND = 0.5;
    private static final double POLICIES_AT_ONCE = 40;

    /** In sum over all strangers who ask about one account. */
    private static final double POLICIES_OF_STRANGERS_PER_SECOND = 0.5;

    private static final double POLICIES_OF_STRANGERS_AT_ONCE = 80;

    /** In sum over all strangers whose issuers are of one site. */
    private static final double SITE_PER_SECOND = 5;

    private static final double SITE_AT_ONCE = 300;

    private final RateBudget<Asking> owners;
    private final RateBudget<Asking> policies;
    private final RateBudget<String> accounts;
    private final RateBudget<String> sites;

    /** @param nanoTime a clock that is never set */
    LookupBudgets(LongSupplier nanoTime) {
        this.owners = new RateBudget<>(OWNERS_PER_SECOND, OWNERS_AT_ONCE, MAXIMUM_KEYS, nanoTime);
        this.policies = new RateBudget<>(POLICIES_PER_SECOND, POLICIES_AT_ONCE, MAXIMUM_KEYS, nanoTime);
        this.accounts = new RateBudget<>(
                POLICIES_OF_STRANGERS_PER_SECOND, POLICIES_OF_STRANGERS_AT_ONCE, MAXIMUM_KEYS, nanoTime);
        this.sites = new RateBudget<>(SITE_PER_SECOND, SITE_AT_ONCE, MAXIMUM_KEYS, nanoTime);
    }

    /** The relation of a caller to the account that it asks about. */
    sealed interface Asking {

        /** The account knows the caller. */
        record Known(String caller, String account) implements Asking {}

        /** No relation connects the two. For the lookup of an owner, the caller alone is charged. */
        record Stranger(String caller, String account, String site) implements Asking {}
    }

    /** One lookup of a name that was not seen recently. */
    interface ChargedLookup {

        /** Something was found: then the lookup has cost nothing. */
        void found();

        /** Nothing was found. */
        void inVain();
    }

    /**
     * Begins the lookup of an owner.
     *
     * @throws BusyException when too many lookups have found nothing
     */
    ChargedLookup owner(Asking asking) throws BusyException {
        return switch (asking) {
            case Asking.Known known -> of(owners, known);
            case Asking.Stranger(var caller, var account, var site) -> {
                var alone = new Asking.Stranger(caller, "", site);
                owners.use(alone);
                sites.use(site);
                yield used(() -> {
                    owners.giveBack(alone, 1);
                    sites.giveBack(site, 1);
                });
            }
        };
    }

    /**
     * Begins the lookup of a policy.
     *
     * @throws BusyException when too many lookups have found nothing
     */
    ChargedLookup policy(Asking asking) throws BusyException {
        return switch (asking) {
            case Asking.Known known -> of(policies, known);
            case Asking.Stranger stranger -> {
                policies.use(stranger);
                accounts.use(stranger.account());
                sites.use(stranger.site());
                yield used(() -> {
                    policies.giveBack(stranger, 1);
                    accounts.giveBack(stranger.account(), 1);
                    sites.giveBack(stranger.site(), 1);
                });
            }
        };
    }

    /**
     * Charged afterwards: callers that an account knows may come all at once, and most of them ask for existing
     * policies.
     */
    private static ChargedLookup of(RateBudget<Asking> budget, Asking.Known known) throws BusyException {
        budget.check(known);
        return new ChargedLookup() {
            @Override
            public void found() {}

            @Override
            public void inVain() {
                budget.charge(known);
            }
        };
    }

    /** Charged before, so that no more strangers are on their way than the buckets hold. */
    private static ChargedLookup used(Runnable giveBack) {
        return new ChargedLookup() {
            @Override
            public void found() {
                giveBack.run();
            }

            @Override
            public void inVain() {}
        };
    }
}
