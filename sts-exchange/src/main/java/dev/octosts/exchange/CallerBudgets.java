package dev.octosts.exchange;

import dev.octosts.api.TurnedAway;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.RateBudget;
import dev.octosts.policy.Claims;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What callers with verified tokens may cost, and which of them are strangers to an owner. */
final class CallerBudgets {

    private static final int MAXIMUM_CALLERS = 50_000;

    private final Optional<RateBudget<Caller>> rate;
    private final LookupBudgets lookups;
    private final AcceptedIssuers accepted;
    private final StandingRules standing;

    /**
     * Budgets of which nothing is used.
     *
     * @param rate how often one caller may ask; empty for as often as it likes
     * @param nanoTime a clock that is never set
     */
    CallerBudgets(Optional<CallerRate> rate, StandingRules standing, LongSupplier nanoTime) {
        this.rate = rate.map(given -> new RateBudget<>(given.perSecond(), given.burst(), MAXIMUM_CALLERS, nanoTime));
        this.lookups = new LookupBudgets(nanoTime);
        this.accepted = new AcceptedIssuers(nanoTime);
        this.standing = standing;
    }

    private record Caller(String issuer, String subject) {}

    /** Takes one request of a caller. */
    void take(Claims claims) throws RefusedException {
        if (rate.isPresent()) {
            try {
                rate.get().use(new Caller(claims.issuer(), claims.subject()));
            } catch (BusyException tooMany) {
                throw RefusedException.turnedAway(TurnedAway.CALLER_RATE, tooMany.retryAfter());
            }
        }
    }

    /** A policy of the account has accepted the token. */
    void accepted(Claims claims, String account) {
        accepted.accepted(claims.issuer(), account);
    }

    /**
     * Whether nothing connects a caller with an account: the caller is no workflow of the account, and no policy of the
     * account accepted its issuer.
     */
    boolean isStranger(Claims claims, String account) {
        return !accepted.contains(claims.issuer(), account) && !standing.isWorkflowOf(claims, account, null);
    }

    /** Takes the look-up of an owner that was not seen lately. */
    LookupBudgets.Lookup ofOwner(Claims claims, String account) throws RefusedException {
        return begun(lookups.owner(claims.issuer(), account, isStranger(claims, account)), TurnedAway.UNKNOWN_OWNERS);
    }

    /** Takes the look-up of a policy that was not seen lately. */
    LookupBudgets.Lookup ofPolicy(Claims claims, String account) throws RefusedException {
        return begun(
                lookups.policy(claims.issuer(), account, isStranger(claims, account)), TurnedAway.UNKNOWN_POLICIES);
    }

    private static LookupBudgets.Lookup begun(LookupBudgets.Lookup lookup, TurnedAway reason) throws RefusedException {
        try {
            lookup.begin();
            return lookup;
        } catch (BusyException tooMany) {
            throw RefusedException.turnedAway(reason, tooMany.retryAfter());
        }
    }
}
