package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.INVALID_ARGUMENT;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.UNAUTHENTICATED;

import dev.octosts.api.BearerToken;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.Problem;
import dev.octosts.api.TurnedAway;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.trace.Trace;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification;
import dev.octosts.exchange.bearer.VerifiedToken;
import dev.octosts.exchange.issuer.WaitingRoom;
import dev.octosts.exchange.source.OrganizationEnforcement;
import dev.octosts.exchange.source.PolicySource;
import dev.octosts.exchange.source.PolicyState;
import dev.octosts.github.AppPool;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.Route;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Formats;
import java.util.Optional;

/**
 * The steps that an exchange and its explanation have in common. {@link #admit} runs them all. Their order decides
 * which error a caller sees.
 */
final class Admissions {

    private final String policyRepository;
    private final TokenVerifier verifier;
    private final InstallationRouter router;
    private final RuleLoader rules;
    private final Governance governance;
    private final StandingRules standing;
    private final CallerBudgets budgets;
    private final StopRules stops;

    Admissions(
            String policyRepository,
            TokenVerifier verifier,
            InstallationRouter router,
            RuleLoader rules,
            Governance governance,
            StandingRules standing,
            CallerBudgets budgets,
            StopRules stops) {
        this.policyRepository = policyRepository;
        this.verifier = verifier;
        this.router = router;
        this.rules = rules;
        this.governance = governance;
        this.standing = standing;
        this.budgets = budgets;
        this.stops = stops;
    }

    /** Does everything that comes before the policy decides. */
    Admission admit(ExchangeRequest request, AuditTrail trail) throws RefusedException {
        VerifiedToken bearer = verified(request.bearer());
        trail.verified(bearer.claims());
        budgets.take(bearer.claims());
        Target target = target(request);
        Traced.target(target, request.scope());
        // Before a lookup for the owner: a caller who is stopped causes no call to GitHub, and learns nothing.
        stops.check(bearer.claims(), target);
        AppPool pool = router.pool(target);
        // Known rules are checked before GitHub, and before the cache of absent policies. So an issuer that the
        // organization does not trust learns nothing about its repositories.
        Optional<OrganizationEnforcement> known = rules.known(target);
        if (known.isPresent()) {
            checkIssuer(known.get(), target, bearer, trail);
        }
        // While the list of trusted issuers is not known, a stranger must not see this answer of the cache: it would
        // show which names other callers have asked for.
        if (rules.isKnownAbsent(target)
                && (known.isPresent() || !budgets.isStranger(bearer.claims(), target.account()))) {
            throw Refusal.NO_POLICY.exception(target);
        }
        Sources read = sources(request, bearer, target, pool, known, trail);
        Route route = read.policy().route();
        trail.through(route);
        var caller = new StandingRules.VerifiedCaller(
                bearer,
                target.account(),
                route.installation(),
                read.organization().trustedIssuers());
        PolicyState.Present found = policy(caller, target, read.policy().answer());
        var admission = new Admission(caller, target, pool, route, found.policy(), found.blob(), read.organization());
        trail.admitted(admission);
        refuseMalformed(bearer.claims());
        return admission;
    }

    private Sources sources(
            ExchangeRequest request,
            VerifiedToken bearer,
            Target target,
            AppPool pool,
            Optional<OrganizationEnforcement> known,
            AuditTrail trail)
            throws RefusedException {
        try (var _ = Trace.begin("sources")) {
            if (known.isPresent() && router.isKnown(target, pool) && rules.isKnown(target)) {
                Route reading = router.next(target, pool);
                trail.through(reading);
                return new Sources(known.get(), rules.policy(target, reading));
            }
            int length = request.bearer().map(token -> token.value().length()).orElse(0);
            try (var _ = place(bearer.claims(), length)) {
                Route reading = route(target, pool, bearer.claims());
                trail.through(reading);
                return known.isPresent()
                        ? new Sources(known.get(), find(target, reading, bearer.claims()))
                        : load(target, reading, bearer, trail);
            }
        }
    }

    private void checkIssuer(
            OrganizationEnforcement organization, Target target, VerifiedToken bearer, AuditTrail trail)
            throws RefusedException {
        Governance.IssuerResult result = governance.checkIssuer(
                organization.trustedIssuers(), target, bearer.claims().issuer());
        trail.checked(result);
        result.enforce();
    }

    /** Takes room for a caller who may have to wait for GitHub. */
    private WaitingRoom.Place place(Claims claims, int length) throws RefusedException {
        try {
            return verifier.waitWith(claims, length);
        } catch (BusyException full) {
            throw Refusal.turnedAway(TurnedAway.VERIFICATION, full.retryAfter());
        }
    }

    /** The content of the files of an exchange, as GitHub reports it. */
    private record Sources(OrganizationEnforcement organization, PolicySource.Found policy) {}

    private VerifiedToken verified(Optional<BearerToken> bearer) throws RefusedException {
        if (bearer.isEmpty()) {
            throw Refusal.NO_BEARER.exception();
        }
        return switch (verify(bearer.get())) {
            case Verification.Verified(var token) -> token;
            case Verification.Busy(var retryAfter) -> throw Refusal.turnedAway(TurnedAway.VERIFICATION, retryAfter);
            case Verification.Rejected rejected ->
                throw new RefusedException(new Problem(
                        switch (rejected.reason()) {
                            case NOT_A_TOKEN, ISSUER_FORMAT, ISSUER_NOT_PERMITTED, PROVIDER_UNAVAILABLE ->
                                INVALID_ARGUMENT;
                            case UNVERIFIED -> UNAUTHENTICATED;
                        },
                        rejected.reason().message()));
        };
    }

    private Verification verify(BearerToken bearer) {
        try (var _ = Trace.begin("verify")) {
            return verifier.verify(bearer.value());
        }
    }

    private Target target(ExchangeRequest request) throws RefusedException {
        if (request.scope().isEmpty()) {
            throw Refusal.NO_SCOPE.exception();
        }
        if (request.identity().isEmpty()) {
            throw Refusal.NO_IDENTITY.exception();
        }
        if (request.identity().indexOf('/') >= 0) {
            throw Refusal.IDENTITY_IS_A_PATH.exception();
        }
        return Target.parse(request.scope(), request.identity(), policyRepository)
                .orElseThrow(Refusal.MALFORMED_TARGET::exception);
    }

    private Route route(Target target, AppPool pool, Claims claims) throws RefusedException {
        if (router.isKnown(target, pool)) {
            return router.next(target, pool);
        }
        LookupBudgets.ChargedLookup lookup = budgets.ofOwner(claims, target.account());
        try {
            Route found = router.next(target, pool);
            lookup.found();
            return found;
        } catch (RefusedException refused) {
            if (refused.reason().code() == NOT_FOUND) {
                lookup.inVain();
            } else {
                lookup.found();
            }
            throw refused;
        }
    }

    /**
     * Reads the organization's files and the policy. The organization's decision about the issuer comes first. Both are
     * read in parallel for callers of proven issuers and of the owner itself; a stranger's issuer is checked before the
     * policy is looked up, so that the calls to GitHub reveal nothing about the repository.
     */
    private Sources load(Target target, Route reading, VerifiedToken bearer, AuditTrail trail) throws RefusedException {
        if (!verifier.isProven(bearer.claims().issuer()) && budgets.isStranger(bearer.claims(), target.account())) {
            OrganizationEnforcement organization = rules.organization(reading);
            checkIssuer(organization, target, bearer, trail);
            return new Sources(organization, find(target, reading, bearer.claims()));
        }
        Optional<LookupBudgets.ChargedLookup> lookup = rules.isRemembered(target)
                ? Optional.empty()
                : Optional.of(budgets.ofPolicy(bearer.claims(), target.account()));
        try (var files = rules.open(target, reading)) {
            OrganizationEnforcement organization = files.organization();
            checkIssuer(organization, target, bearer, trail);
            PolicySource.Found found = files.policy();
            lookup.ifPresent(begun -> end(begun, found));
            return new Sources(organization, found);
        }
    }

    private PolicySource.Found find(Target target, Route reading, Claims claims) throws RefusedException {
        if (rules.isRemembered(target)) {
            return rules.policy(target, reading);
        }
        LookupBudgets.ChargedLookup lookup = budgets.ofPolicy(claims, target.account());
        PolicySource.Found found = rules.policy(target, reading);
        end(lookup, found);
        return found;
    }

    private static void end(LookupBudgets.ChargedLookup lookup, PolicySource.Found found) {
        if (found.answer() instanceof GitHubResult.Success<PolicyState>(var state) && state.isNone()) {
            lookup.inVain();
        } else {
            lookup.found();
        }
    }

    private PolicyState.Present policy(
            StandingRules.VerifiedCaller caller, Target target, GitHubResult<PolicyState> answer)
            throws RefusedException {
        return switch (answer) {
            case GitHubResult.Success<PolicyState>(var state) -> policy(caller, target, state);
            case GitHubResult.Failure<PolicyState>(var reason) ->
                throw Refusal.ofRead(reason).exception(target);
        };
    }

    private PolicyState.Present policy(StandingRules.VerifiedCaller caller, Target target, PolicyState state)
            throws RefusedException {
        return switch (state) {
            case PolicyState.Present present -> present;
            case PolicyState.Absent(), PolicyState.NotAFile() -> throw Refusal.NO_POLICY.exception(target);
            case PolicyState.Unreadable() -> throw unusable(Refusal.POLICY_UNREADABLE, caller, target);
            case PolicyState.Unparsable unparsable -> throw unusable(Refusal.POLICY_UNPARSABLE, caller, target);
            case PolicyState.Invalid invalid -> throw unusable(Refusal.POLICY_INVALID, caller, target);
        };
    }

    private RefusedException unusable(Refusal refusal, StandingRules.VerifiedCaller caller, Target target) {
        return refusal.exceptionAsNoPolicy(target, standing.tellsDetails(caller));
    }

    private static void refuseMalformed(Claims claims) throws RefusedException {
        if (!Formats.isSubject(claims.subject())) {
            throw Refusal.INVALID_SUBJECT.exception();
        }
        if (!claims.audiences().stream().allMatch(Formats::isAudience)) {
            throw Refusal.INVALID_AUDIENCE.exception();
        }
    }
}
