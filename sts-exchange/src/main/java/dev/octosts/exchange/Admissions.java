package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.INVALID_ARGUMENT;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.UNAUTHENTICATED;

import dev.octosts.api.BearerToken;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.TurnedAway;
import dev.octosts.api.budget.BusyException;
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
import dev.octosts.policy.TrustPolicy;
import java.util.List;
import java.util.Optional;

/**
 * The steps that an exchange and its explanation have in common. {@link #admit} runs them all, in the order that
 * decides which error a caller sees.
 */
final class Admissions {

    private final String policyRepository;
    private final TokenVerifier bearers;
    private final InstallationRouter routes;
    private final RuleLoader sources;
    private final Governance governance;
    private final StandingRules standing;
    private final CallerBudgets budgets;

    Admissions(
            String policyRepository,
            TokenVerifier bearers,
            InstallationRouter routes,
            RuleLoader sources,
            Governance governance,
            StandingRules standing,
            CallerBudgets budgets) {
        this.policyRepository = policyRepository;
        this.bearers = bearers;
        this.routes = routes;
        this.sources = sources;
        this.governance = governance;
        this.standing = standing;
        this.budgets = budgets;
    }

    /** Does everything that comes before the policy decides. */
    Admission admit(ExchangeRequest request, AuditTrail trail) throws RefusedException {
        VerifiedToken bearer = verified(request.bearer());
        trail.verified(bearer.claims());
        budgets.take(bearer.claims());
        Target target = target(request);
        AppPool pool = routes.pool(target);
        // Known rules are checked first, before GitHub or the cache of absent policies is asked: an issuer that the
        // organization does not trust learns nothing about its repositories.
        Optional<OrganizationEnforcement> known = sources.known(target);
        if (known.isPresent()) {
            governance.permitIssuer(known.get().trustedIssuers(), target, bearer, trail);
        }
        // Before the list is known, the cache would show a stranger which names other callers have asked for.
        if (sources.isKnownAbsent(target)
                && (known.isPresent() || !budgets.isStranger(bearer.claims(), target.account()))) {
            throw RefusedException.notFound(target);
        }
        Loaded loaded;
        if (known.isPresent() && routes.isKnown(target, pool) && sources.isKnown(target)) {
            Route reading = routes.next(target, pool);
            trail.through(reading.installation().id());
            loaded = new Loaded(known.get(), sources.policy(target, reading));
        } else {
            int length = request.bearer().map(token -> token.value().length()).orElse(0);
            try (var _ = place(bearer.claims(), length)) {
                Route reading = route(target, pool, bearer.claims());
                trail.through(reading.installation().id());
                loaded = known.isPresent()
                        ? new Loaded(known.get(), find(target, reading, bearer.claims()))
                        : load(target, reading, bearer, trail);
            }
        }
        Route route = loaded.policy().route();
        trail.through(route.installation().id());
        var caller = new StandingRules.Caller(
                bearer,
                target.account(),
                route.installation(),
                loaded.organization().trustedIssuers());
        TrustPolicy policy = policy(caller, target, loaded.policy().answer());
        List<String> repositories = covered(policy, target);
        trail.judgedBy(policy.document(), repositories);
        refuseMalformed(bearer.claims());
        return new Admission(caller, target, pool, route, policy, loaded.organization(), repositories);
    }

    /** Room for a caller who waits for GitHub. A known answer needs no room. */
    private WaitingRoom.Place place(Claims claims, int length) throws RefusedException {
        try {
            return bearers.waitWith(claims, length);
        } catch (BusyException full) {
            throw RefusedException.turnedAway(TurnedAway.VERIFICATION, full.retryAfter());
        }
    }

    /** The content of the files of an exchange, as GitHub reports it. */
    private record Loaded(OrganizationEnforcement organization, PolicySource.Found policy) {}

    private VerifiedToken verified(Optional<BearerToken> bearer) throws RefusedException {
        if (bearer.isEmpty()) {
            throw new RefusedException(UNAUTHENTICATED, "expected exactly one authorization header");
        }
        return switch (bearers.verify(bearer.get().value())) {
            case Verification.Verified(var token) -> token;
            case Verification.Busy(var retryAfter) ->
                throw RefusedException.turnedAway(TurnedAway.VERIFICATION, retryAfter);
            case Verification.Rejected rejected ->
                throw new RefusedException(
                        switch (rejected.reason()) {
                            case NOT_A_TOKEN, ISSUER_FORMAT, ISSUER_NOT_PERMITTED, PROVIDER_UNAVAILABLE ->
                                INVALID_ARGUMENT;
                            case UNVERIFIED -> UNAUTHENTICATED;
                        },
                        rejected.reason().message());
        };
    }

    private Target target(ExchangeRequest request) throws RefusedException {
        if (request.scope().isEmpty()) {
            throw new RefusedException(INVALID_ARGUMENT, "scope must be provided");
        }
        if (request.identity().isEmpty()) {
            throw new RefusedException(INVALID_ARGUMENT, "identity must be provided");
        }
        if (request.identity().indexOf('/') >= 0) {
            throw new RefusedException(INVALID_ARGUMENT, "identity must be a single path segment");
        }
        return Target.parse(request.scope(), request.identity(), policyRepository)
                .orElseThrow(() -> new RefusedException(
                        INVALID_ARGUMENT,
                        "scope must be \"owner\" or \"owner/repository\", and identity the name of a trust policy"));
    }

    private Route route(Target target, AppPool pool, Claims claims) throws RefusedException {
        if (routes.isKnown(target, pool)) {
            return routes.next(target, pool);
        }
        LookupBudgets.Lookup lookup = budgets.ofOwner(claims, target.account());
        try {
            Route found = routes.next(target, pool);
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
    private Loaded load(Target target, Route reading, VerifiedToken bearer, AuditTrail trail) throws RefusedException {
        if (!bearers.isProven(bearer.claims().issuer()) && budgets.isStranger(bearer.claims(), target.account())) {
            OrganizationEnforcement organization = sources.organization(reading);
            governance.permitIssuer(organization.trustedIssuers(), target, bearer, trail);
            return new Loaded(organization, find(target, reading, bearer.claims()));
        }
        Optional<LookupBudgets.Lookup> lookup = sources.isRemembered(target)
                ? Optional.empty()
                : Optional.of(budgets.ofPolicy(bearer.claims(), target.account()));
        try (var files = sources.open(target, reading)) {
            OrganizationEnforcement organization = files.organization();
            governance.permitIssuer(organization.trustedIssuers(), target, bearer, trail);
            PolicySource.Found found = files.policy();
            lookup.ifPresent(begun -> end(begun, found));
            return new Loaded(organization, found);
        }
    }

    private PolicySource.Found find(Target target, Route reading, Claims claims) throws RefusedException {
        if (sources.isRemembered(target)) {
            return sources.policy(target, reading);
        }
        LookupBudgets.Lookup lookup = budgets.ofPolicy(claims, target.account());
        PolicySource.Found found = sources.policy(target, reading);
        end(lookup, found);
        return found;
    }

    private static void end(LookupBudgets.Lookup lookup, PolicySource.Found found) {
        if (found.answer() instanceof GitHubResult.Success<PolicyState>(var state) && state.isNone()) {
            lookup.inVain();
        } else {
            lookup.found();
        }
    }

    private TrustPolicy policy(StandingRules.Caller caller, Target target, GitHubResult<PolicyState> answer)
            throws RefusedException {
        return switch (answer) {
            case GitHubResult.Success<PolicyState>(var state) -> policy(caller, target, state);
            case GitHubResult.Failure<PolicyState>(var reason) -> throw RefusedException.unread(target, reason);
        };
    }

    private TrustPolicy policy(StandingRules.Caller caller, Target target, PolicyState state) throws RefusedException {
        return switch (state) {
            case PolicyState.Present(var policy, var etag) -> policy;
            case PolicyState.Absent(), PolicyState.NotAFile() -> throw RefusedException.notFound(target);
            case PolicyState.Unreadable() -> throw unusable("read", caller, target);
            case PolicyState.Unparsable unparsable -> throw unusable("parse", caller, target);
            case PolicyState.Invalid invalid -> throw unusable("compile", caller, target);
        };
    }

    private RefusedException unusable(String verb, StandingRules.Caller caller, Target target) {
        return RefusedException.unusable(verb, target, standing.tellsDetails(caller));
    }

    private static List<String> covered(TrustPolicy policy, Target target) {
        List<String> named = policy.document().repositories();
        return named.isEmpty() ? target.fallback() : named;
    }

    private static void refuseMalformed(Claims claims) throws RefusedException {
        Optional<String> fault = Formats.fault(claims);
        if (fault.isPresent()) {
            throw new RefusedException(INVALID_ARGUMENT, fault.get());
        }
    }
}
