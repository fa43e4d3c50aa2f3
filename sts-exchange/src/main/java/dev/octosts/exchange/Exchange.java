package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.INTERNAL;
import static dev.octosts.api.ProblemCode.INVALID_ARGUMENT;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.api.ProblemCode.UNAUTHENTICATED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;

import dev.octosts.api.BearerToken;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.TokenExchange;
import dev.octosts.exchange.bearer.Bearers;
import dev.octosts.exchange.bearer.Verification;
import dev.octosts.exchange.bearer.VerifiedToken;
import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.GitHubApp;
import dev.octosts.exchange.github.InstallationTokens;
import dev.octosts.exchange.github.InstallationTokens.Route;
import dev.octosts.exchange.github.Installations;
import dev.octosts.exchange.github.TokenRequest;
import dev.octosts.exchange.policies.PolicySource;
import dev.octosts.exchange.policies.PolicyState;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Deny;
import dev.octosts.policy.Formats;
import dev.octosts.policy.Level;
import dev.octosts.policy.Permit;
import dev.octosts.policy.TrustPolicy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exchange. {@link #grant} is the whole of it, in the order that decides which error a caller sees. */
final class Exchange implements TokenExchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Place place;
    private final Bearers bearers;
    private final Installations installations;
    private final PolicySource policies;
    private final InstallationTokens tokens;
    private final Audit audit;

    Exchange(
            Place place,
            Bearers bearers,
            Installations installations,
            PolicySource policies,
            InstallationTokens tokens,
            Audit audit) {
        this.place = place;
        this.bearers = bearers;
        this.installations = installations;
        this.policies = policies;
        this.tokens = tokens;
        this.audit = audit;
    }

    /**
     * Where the service stands.
     *
     * @param domain the audience that a token must have when a policy names none
     * @param policyRepository the repository of an organization that holds its organization-level files
     */
    record Place(String domain, String policyRepository) {}

    /**
     * Where events go, and the clock that dates them.
     *
     * @param clock what time it is
     * @param events takes every event; returns at once
     */
    record Audit(Clock clock, Consumer<ExchangeEvent> events) {}

    @Override
    public ExchangeResult exchange(ExchangeRequest request) {
        var trail = new AuditTrail(request, audit.clock().instant());
        ExchangeResult result = result(request, trail);
        audit.events().accept(trail.end(result));
        return result;
    }

    private ExchangeResult result(ExchangeRequest request, AuditTrail trail) {
        try {
            return new ExchangeResult.Granted(grant(request, trail));
        } catch (RefusedException refused) {
            return new ExchangeResult.Refused(refused.problem());
        } catch (RuntimeException fault) {
            // Whatever goes wrong, nothing is granted and the audit knows of it.
            LOG.error("an exchange failed by a fault of this service", fault);
            return ExchangeResult.Refused.because(INTERNAL, "internal error");
        }
    }

    private InstallationToken grant(ExchangeRequest request, AuditTrail trail) throws RefusedException {
        VerifiedToken bearer = verified(request.bearer());
        trail.verified(bearer.claims());
        Target target = target(request);
        refuseKnownMissing(target);
        Route reading = route(target, installations.inTurn());
        trail.through(reading.installation().id());
        TrustPolicy policy = policy(target, reading);
        List<String> repositories = covered(policy, target);
        trail.judgedBy(policy.document(), repositories);
        Permit permit = permit(policy, bearer);
        Route minting = fitting(policy, target, reading);
        InstallationTokens.Minted minted = minted(minting, permit, repositories, target);
        trail.through(minted.route().installation().id());
        return minted.token();
    }

    private VerifiedToken verified(BearerToken bearer) throws RefusedException {
        return switch (bearers.verify(bearer.value())) {
            case Verification.Verified(var token) -> token;
            case Verification.Rejected rejected ->
                throw new RefusedException(
                        switch (rejected.reason()) {
                            case NOT_A_TOKEN, ISSUER_FORMAT, PROVIDER_UNAVAILABLE -> INVALID_ARGUMENT;
                            case ISSUER_NOT_PERMITTED -> PERMISSION_DENIED;
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
        return Target.parse(request.scope(), request.identity(), place.policyRepository())
                .orElseThrow(() -> new RefusedException(
                        INVALID_ARGUMENT,
                        "scope must be \"owner\" or \"owner/repository\", and identity the name of a trust policy"));
    }

    private void refuseKnownMissing(Target target) throws RefusedException {
        if (policies.isKnownAbsent(target.policy())) {
            throw notFound(target);
        }
    }

    private Route route(Target target, List<GitHubApp> candidates) throws RefusedException {
        return switch (installations.find(candidates, target.account())) {
            case Installations.Result.Found(var app, var installation) ->
                new Route(target.account(), app, installation);
            case Installations.Result.None() -> throw notInstalled(target);
            case Installations.Result.Suspended() ->
                throw new RefusedException(
                        PERMISSION_DENIED, "the installation for \"" + target.owner() + "\" is suspended");
            case Installations.Result.Unknown(var reason) ->
                throw reason == Answer.Reason.LIMITED
                        ? limited(target)
                        : new RefusedException(
                                UNAVAILABLE, "unable to look up the installation for \"" + target.owner() + "\"");
        };
    }

    private TrustPolicy policy(Target target, Route route) throws RefusedException {
        return switch (policies.find(target.policy(), route)) {
            case Answer.Success<PolicyState>(var state) -> policy(target, state);
            case Answer.Failure<PolicyState>(var reason) ->
                throw switch (reason) {
                    case LIMITED -> limited(target);
                    case NOT_FOUND -> notInstalled(target);
                    // The installation has no access to the repository, or there is none.
                    case UNPROCESSABLE -> notFound(target);
                    case UNAUTHORIZED, FORBIDDEN, UNAVAILABLE ->
                        new RefusedException(
                                UNAVAILABLE, "unable to look for the trust policy for " + quoted(target.identity()));
                };
        };
    }

    private static TrustPolicy policy(Target target, PolicyState state) throws RefusedException {
        return switch (state) {
            case PolicyState.Present(var policy, var etag) -> policy;
            case PolicyState.Absent(), PolicyState.NotAFile() -> throw notFound(target);
            case PolicyState.Unreadable() -> throw unusable("read", target);
            case PolicyState.Unparsable unparsable -> throw unusable("parse", target);
            case PolicyState.Invalid invalid -> throw unusable("compile", target);
        };
    }

    private static List<String> covered(TrustPolicy policy, Target target) {
        List<String> named = policy.document().repositories();
        return named.isEmpty() ? target.fallback() : named;
    }

    private Permit permit(TrustPolicy policy, VerifiedToken bearer) throws RefusedException {
        Claims claims = bearer.claims();
        if (!Formats.isSubject(claims.subject())) {
            throw new RefusedException(INVALID_ARGUMENT, "invalid subject in token");
        }
        if (!claims.audiences().stream().allMatch(Formats::isAudience)) {
            throw new RefusedException(INVALID_ARGUMENT, "invalid audience in token");
        }
        return switch (policy.evaluate(claims, place.domain())) {
            case Permit permit -> permit;
            case Deny denied -> throw new RefusedException(PERMISSION_DENIED, denied.message());
        };
    }

    /** The App that read the policy mints, unless the policy wants another one. */
    private Route fitting(TrustPolicy policy, Target target, Route reading) throws RefusedException {
        if (fits(policy, reading.app(), reading.installation().slug())) {
            return reading;
        }
        List<GitHubApp> fitting = installations.inTurn().stream()
                .filter(app -> fits(policy, app, ""))
                .toList();
        if (fitting.isEmpty()) {
            throw new RefusedException(
                    FAILED_PRECONDITION, "no GitHub App of this organization matches the trust policy");
        }
        return route(target, fitting);
    }

    private static boolean fits(TrustPolicy policy, GitHubApp app, String slug) {
        return policy.apps().accepts(app.id(), slug.isEmpty() ? null : slug);
    }

    private InstallationTokens.Minted minted(Route route, Permit permit, List<String> repositories, Target target)
            throws RefusedException {
        Map<String, String> permissions = permit.grant().permissions().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, permission -> wireName(permission.getValue())));
        return switch (tokens.mint(route, new TokenRequest(permissions, repositories))) {
            case Answer.Success<InstallationTokens.Minted>(var minted) -> minted;
            case Answer.Failure<InstallationTokens.Minted>(var reason) ->
                throw switch (reason) {
                    case UNPROCESSABLE ->
                        new RefusedException(PERMISSION_DENIED, "token exchange failure (StatusUnprocessableEntity)");
                    case LIMITED -> limited(target);
                    case NOT_FOUND -> notInstalled(target);
                    case UNAUTHORIZED, FORBIDDEN, UNAVAILABLE -> new RefusedException(INTERNAL, "failed to get token");
                };
        };
    }

    private static String wireName(Level level) {
        return level.wireName();
    }

    private static RefusedException notInstalled(Target target) {
        return new RefusedException(NOT_FOUND, "no installation found for " + quoted(target.owner()));
    }

    private static RefusedException notFound(Target target) {
        return new RefusedException(NOT_FOUND, "unable to find trust policy for " + quoted(target.identity()));
    }

    private static RefusedException unusable(String verb, Target target) {
        return new RefusedException(
                NOT_FOUND, "unable to " + verb + " trust policy found for " + quoted(target.identity()));
    }

    private static RefusedException limited(Target target) {
        return new RefusedException(
                RESOURCE_EXHAUSTED, "GitHub API rate limit exceeded for " + quoted(target.identity()));
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }
}
