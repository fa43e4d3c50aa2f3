package dev.octosts.exchange;

import dev.octosts.api.TurnedAway;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.RateBudget;
import dev.octosts.exchange.issuer.Sites;
import dev.octosts.policy.Claims;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Limits the cost of callers with verified tokens, and decides which of them are strangers to an owner. */
final class CallerBudgets {

    private static final int MAXIMUM_CALLERS = 50_000;

    private final Optional<RateBudget<Caller>> rate;
    private final LookupBudgets lookups;
    private final AcceptedCallers accepted;
    private final StandingRules standing;

    /**
     * Unused budgets.
     *
     * @param rate how often one caller may ask; empty for as often as it likes
     * @param nanoTime a clock that is never set
     */
    CallerBudgets(Optional<CallerRate> rate, StandingRules standing, LongSupplier nanoTime) {
        this.rate = rate.map(given -> new RateBudget<>(given.perSecond(), given.burst(), MAXIMUM_CALLERS, nanoTime));
        this.lookups = new LookupBudgets(nanoTime);
        this.accepted = new AcceptedCallers(nanoTime);
        this.standing = standing;
    }

    private record Caller(String issuer, String subject) {}

    /** Takes one request of a caller. */
    void take(Claims claims) throws RefusedException {
        if (rate.isPresent()) {
            try {
                rate.get().use(new Caller(claims.issuer(), claims.subject()));
            } catch (BusyException tooMany) {
                throw Refusal.turnedAway(TurnedAway.CALLER_RATE, tooMany.retryAfter());
            }
        }
    }

    /** A policy of the account has accepted the token. */
    void accepted(Claims claims, String account) {
        accepted.accepted(claims, account);
    }

    /**
     * Whether nothing connects a caller with an account: the caller is no workflow of the account, and no policy of the
     * account accepted a token of it.
     */
    boolean isStranger(Claims claims, String account) {
        return !accepted.contains(claims, account) && !standing.isWorkflowOf(claims, account, null);
    }

    /** Charges the lookup of an owner that was not seen recently. */
    LookupBudgets.ChargedLookup ofOwner(Claims claims, String account) throws RefusedException {
        try {
            return lookups.owner(asking(claims, account));
        } catch (BusyException tooMany) {
            throw Refusal.turnedAway(TurnedAway.UNKNOWN_OWNERS, tooMany.retryAfter());
        }
    }

    /** Charges the lookup of a policy that was not seen recently. */
    LookupBudgets.ChargedLookup ofPolicy(Claims claims, String account) throws RefusedException {
        try {
            return lookups.policy(asking(claims, account));
        } catch (BusyException tooMany) {
            throw Refusal.turnedAway(TurnedAway.UNKNOWN_POLICIES, tooMany.retryAfter());
        }
    }

    private LookupBudgets.Asking asking(Claims claims, String account) {
        String caller = AcceptedCallers.caller(claims);
        if (standing.isWorkflowOf(claims, account, null)) {
            return new LookupBudgets.Asking.Known("", account);
        }
        return accepted.contains(claims, account)
                ? new LookupBudgets.Asking.Known(caller, account)
                : new LookupBudgets.Asking.Stranger(caller, account, Sites.of(claims.issuer()));
    }
}
