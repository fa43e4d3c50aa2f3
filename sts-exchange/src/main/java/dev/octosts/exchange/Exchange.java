package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.INTERNAL;
import static dev.octosts.api.ProblemCode.INVALID_ARGUMENT;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.UNAUTHENTICATED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;

import dev.octosts.api.BearerToken;
import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Problem;
import dev.octosts.api.TokenExchange;
import dev.octosts.exchange.bearer.Bearers;
import dev.octosts.exchange.bearer.Verification;
import dev.octosts.exchange.bearer.VerifiedToken;
import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.InstallationTokens;
import dev.octosts.exchange.github.InstallationTokens.Route;
import dev.octosts.exchange.organization.OrganizationRules;
import dev.octosts.exchange.organization.Standing;
import dev.octosts.exchange.policies.PolicyState;
import dev.octosts.exchange.routing.AppPool;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Deny;
import dev.octosts.policy.Formats;
import dev.octosts.policy.Guardrails;
import dev.octosts.policy.Permit;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.text.Quoted;
import java.util.List;
import java.util.Optional;

/**
 * The exchange. {@link #grant} is the whole of it: {@link #open} in the order that decides which error a caller sees,
 * then the verdict and the mint.
 */
final class Exchange implements TokenExchange {

    private static final Answer<InstallationTokens.Minted> GONE = new Answer.Failure<>(Answer.Reason.NOT_FOUND);

    private final Place place;
    private final Bearers bearers;
    private final Routes routes;
    private final Sources sources;
    private final InstallationTokens tokens;
    private final Governance governance;
    private final Audit audit;

    Exchange(Place place, Bearers bearers, Routes routes, Sources sources, InstallationTokens tokens, Audit audit) {
        this.place = place;
        this.governance = new Governance(place.limits());
        this.bearers = bearers;
        this.routes = routes;
        this.sources = sources;
        this.tokens = tokens;
        this.audit = audit;
    }

    /**
     * Where the service stands.
     *
     * @param domain the audience that a token must have when a policy names none
     * @param policyRepository the repository of an organization that holds its organization-level files
     * @param limits what is granted at most
     */
    record Place(String domain, String policyRepository, GrantLimits limits) {}

    /** What is known when the policy is asked. */
    record Case(
            VerifiedToken bearer,
            Target target,
            AppPool pool,
            Route reading,
            Sighted files,
            List<String> repositories) {

        TrustPolicy policy() {
            return files.policy();
        }
    }

    /** What the files of an exchange say: the policy, and how the organization's guard rails bind. */
    record Sighted(TrustPolicy policy, Standing<Guardrails> guardrails) {}

    @Override
    public ExchangeResult exchange(ExchangeRequest request) {
        return audit.audited(
                Operation.EXCHANGE,
                request,
                trail -> new ExchangeResult.Granted(grant(request, trail)),
                ExchangeResult.Refused::new);
    }

    private InstallationToken grant(ExchangeRequest request, AuditTrail trail) throws RefusedException {
        Case open = open(request, trail);
        Share share = Share.of(permit(open).grant(), open.repositories(), request.subset());
        keepWithinLimits(open, share, trail);
        InstallationTokens.Minted minted = minted(open, share);
        trail.through(minted.route().installation().id());
        trail.granted(minted.token());
        return minted.token();
    }

    /** Everything that decides, up to the policy. */
    Case open(ExchangeRequest request, AuditTrail trail) throws RefusedException {
        VerifiedToken bearer = verified(request.bearer());
        trail.verified(bearer.claims());
        Target target = target(request);
        AppPool pool = routes.pool(target);
        refuseKnownMissing(target);
        Route reading = routes.next(target, pool);
        bearers.proven(bearer.claims().issuer());
        trail.through(reading.installation().id());
        Sighted files = sighted(target, reading, bearer, trail);
        List<String> repositories = covered(files.policy(), target);
        trail.judgedBy(files.policy().document(), repositories);
        refuseMalformed(files.policy(), bearer.claims());
        return new Case(bearer, target, pool, reading, files, repositories);
    }

    private void keepWithinLimits(Case open, Share share, AuditTrail trail) throws RefusedException {
        Optional<Problem> refusal = judged(open, share, trail).refusal();
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
    }

    /** What guard rails say to a share; the audit hears it, too. */
    Judgement judged(Case open, Share share, AuditTrail trail) throws RefusedException {
        Judgement judgement = governance.judge(
                open.files().guardrails(),
                open.target(),
                open.policy(),
                open.bearer().claims(),
                share.permissions());
        trail.judged(judgement);
        return judgement;
    }

    private VerifiedToken verified(Optional<BearerToken> bearer) throws RefusedException {
        if (bearer.isEmpty()) {
            throw new RefusedException(UNAUTHENTICATED, "expected exactly one authorization header");
        }
        return switch (bearers.verify(bearer.get().value())) {
            case Verification.Verified(var token) -> token;
            case Verification.Rejected rejected ->
                throw new RefusedException(
                        switch (rejected.reason()) {
                            case NOT_A_TOKEN, ISSUER_FORMAT, ISSUER_NOT_PERMITTED, PROVIDER_UNAVAILABLE ->
                                INVALID_ARGUMENT;
                            case UNVERIFIED -> UNAUTHENTICATED;
                        },
                        rejected.reason().message());
            case Verification.Busy(var retryAfter) ->
                throw new RefusedException(new Problem(UNAVAILABLE, "the service is busy", retryAfter));
        };
    }

    private Target target(ExchangeRequest request) throws RefusedException {
        if (request.scope().isEmpty()) {
            throw new RefusedException(INVALID_ARGUMENT, "scope must be provided");
        }
        if (request.identity().isEmpty()) {
            throw new RefusedException(INVALID_ARGUMENT, "identity must be provided");
        }
        return Target.parse(request.scope(), request.identity(), place.policyRepository())
                .orElseThrow(() -> new RefusedException(
                        INVALID_ARGUMENT,
                        "scope must be \"owner\" or \"owner/repository\", and identity the name of a trust policy"));
    }

    private void refuseKnownMissing(Target target) throws RefusedException {
        if (sources.isKnownAbsent(target)) {
            throw RefusedException.notFound(target);
        }
    }

    /** What the files say; the organization's word on the issuer comes first. */
    private Sighted sighted(Target target, Route route, VerifiedToken bearer, AuditTrail trail)
            throws RefusedException {
        try (var files = sources.open(target, route)) {
            OrganizationRules organization = files.organization();
            governance.permitIssuer(organization.trustedIssuers(), target, bearer, trail);
            return new Sighted(policy(target, files.policy()), organization.guardrails());
        }
    }

    private static TrustPolicy policy(Target target, Answer<PolicyState> answer) throws RefusedException {
        return switch (answer) {
            case Answer.Success<PolicyState>(var state) -> policy(target, state);
            case Answer.Failure<PolicyState>(var reason) ->
                throw switch (reason) {
                    case LIMITED -> RefusedException.limited(target);
                    case NOT_FOUND -> RefusedException.notInstalled(target);
                    // The installation has no access to the repository, or there is none.
                    case UNPROCESSABLE -> RefusedException.notFound(target);
                    case UNAUTHORIZED, FORBIDDEN, UNAVAILABLE ->
                        new RefusedException(
                                UNAVAILABLE, "unable to look for the trust policy for " + Quoted.of(target.identity()));
                };
        };
    }

    private static TrustPolicy policy(Target target, PolicyState state) throws RefusedException {
        return switch (state) {
            case PolicyState.Present(var policy, var etag) -> policy;
            case PolicyState.Absent(), PolicyState.NotAFile() -> throw RefusedException.notFound(target);
            case PolicyState.Unreadable() -> throw unusable("read", target);
            case PolicyState.Unparsable unparsable -> throw unusable("parse", target);
            case PolicyState.Invalid invalid -> throw unusable("compile", target);
        };
    }

    private static List<String> covered(TrustPolicy policy, Target target) {
        List<String> named = policy.document().repositories();
        return named.isEmpty() ? target.fallback() : named;
    }

    private static void refuseMalformed(TrustPolicy policy, Claims claims) throws RefusedException {
        if (!policy.isSubject(claims.subject())) {
            throw new RefusedException(INVALID_ARGUMENT, "invalid subject in token");
        }
        if (!claims.audiences().stream().allMatch(Formats::isAudience)) {
            throw new RefusedException(INVALID_ARGUMENT, "invalid audience in token");
        }
    }

    private Permit permit(Case open) throws RefusedException {
        return switch (open.policy().evaluate(open.bearer().claims(), place.domain())) {
            case Permit permit -> permit;
            case Deny denied -> throw new RefusedException(PERMISSION_DENIED, denied.message());
        };
    }

    /** The App that read the policy mints, unless the policy wants another one. */
    Route fitting(Case open) throws RefusedException {
        return routes.fitting(open.policy(), open.target(), open.pool(), open.reading());
    }

    private Answer<InstallationTokens.Minted> mint(Case open, Share share) throws RefusedException {
        if (!share.makesCheckRuns()) {
            return tokens.mint(fitting(open), share.toRequest());
        }
        Answer<InstallationTokens.Minted> answer = tokens.mint(kept(open), share.toRequest());
        // The installation that was kept is gone, as is known by now: another one takes its place.
        return answer.equals(GONE) ? tokens.mint(kept(open), share.toRequest()) : answer;
    }

    private Route kept(Case open) throws RefusedException {
        return routes.kept(
                open.policy(),
                open.target(),
                open.pool(),
                open.reading(),
                open.bearer().claims().subject());
    }

    private InstallationTokens.Minted minted(Case open, Share share) throws RefusedException {
        Target target = open.target();
        return switch (mint(open, share)) {
            case Answer.Success<InstallationTokens.Minted>(var minted) -> minted;
            case Answer.Failure<InstallationTokens.Minted>(var reason) ->
                throw switch (reason) {
                    case UNPROCESSABLE ->
                        new RefusedException(PERMISSION_DENIED, "token exchange failure (StatusUnprocessableEntity)");
                    case LIMITED -> RefusedException.limited(target);
                    case NOT_FOUND -> RefusedException.notInstalled(target);
                    case UNAUTHORIZED, FORBIDDEN, UNAVAILABLE -> new RefusedException(INTERNAL, "failed to get token");
                };
        };
    }

    private static RefusedException unusable(String verb, Target target) {
        return new RefusedException(
                NOT_FOUND, "unable to " + verb + " trust policy found for " + Quoted.of(target.identity()));
    }
}
