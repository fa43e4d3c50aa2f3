package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.UNAUTHENTICATED;

import dev.octosts.api.BearerToken;
import dev.octosts.api.GrantedTokens;
import dev.octosts.api.HeldToken;
import dev.octosts.api.Problem;
import dev.octosts.api.Sha256;
import dev.octosts.api.TurnedAway;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.RateBudget;
import dev.octosts.exchange.GrantMemory.RememberedGrant;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.TokenApi;
import dev.octosts.policy.Claims;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the holders of tokens. Who has a token may end it, and may know what it is; nobody else learns anything. */
final class TokenHolders implements GrantedTokens {

    private static final Logger LOG = LoggerFactory.getLogger(TokenHolders.class);

    /** GitHub's forms of installation tokens since 2021, with room for longer ones. */
    private static final Pattern INSTALLATION_TOKEN = Pattern.compile("ghs_[A-Za-z0-9_.-]{16,1020}");

    /**
     * GitHub locks out an address that shows it many invalid credentials, and this service has one address for all its
     * callers. A revocation that succeeds costs nothing.
     */
    private static final double UNKNOWN_PER_SECOND = 0.2;

    private static final double UNKNOWN_AT_ONCE = 20;

    private static final double ONE_PER_SECOND = 0.5;
    private static final double ONE_AT_ONCE = 10;
    private static final int MAXIMUM_KEYS = 20_000;

    private final GrantMemory memory;
    private final TokenApi gitHub;
    private final Callers callers;
    private final Audit audit;
    private final RateBudget<String> perToken;
    private final RateBudget<Boolean> unknown;

    /**
     * Knows whose tokens the memory has.
     *
     * @param callers proves who asks about a token that it does not show
     * @param nanoTime a clock that is never set
     */
    TokenHolders(GrantMemory memory, TokenApi gitHub, Callers callers, LongSupplier nanoTime, Audit audit) {
        this.memory = memory;
        this.gitHub = gitHub;
        this.callers = callers;
        this.audit = audit;
        this.perToken = new RateBudget<>(ONE_PER_SECOND, ONE_AT_ONCE, MAXIMUM_KEYS, nanoTime);
        this.unknown = new RateBudget<>(UNKNOWN_PER_SECOND, UNKNOWN_AT_ONCE, 1, nanoTime);
    }

    @Override
    public Revocation revoke(HeldToken token) {
        String sha256 = Sha256.hex(token.value());
        try {
            Optional<RememberedGrant> grant = memory.find(sha256);
            if (grant.isPresent()) {
                perToken.use(sha256);
                return ended(
                        sha256,
                        grant,
                        gitHub.revoke(token, Optional.of(grant.get().route())));
            }
            if (!INSTALLATION_TOKEN.matcher(token.value()).matches()) {
                return new Revocation.Done();
            }
            unknown.use(true);
            GitHubResult<Boolean> answer = gitHub.revoke(token, Optional.empty());
            if (answer instanceof Success<Boolean>(var revoked) && revoked) {
                unknown.giveBack(true, 1);
            }
            return ended(sha256, Optional.empty(), answer);
        } catch (BusyException busy) {
            return new Revocation.Failed(turnedAway(busy));
        }
    }

    private Revocation ended(String sha256, Optional<RememberedGrant> grant, GitHubResult<Boolean> answer) {
        return switch (answer) {
            case Success<Boolean>(var revoked) -> {
                memory.forget(sha256);
                if (revoked) {
                    LOG.atInfo().addKeyValue("token_sha256", sha256).log("a token was revoked by its holder");
                    audit.recorder().revoked(sha256, grant.map(RememberedGrant::facts));
                }
                yield new Revocation.Done();
            }
            case Failure<Boolean> _ -> new Revocation.Failed(Refusal.NOT_REVOKED.problem());
        };
    }

    @Override
    public Introspection introspect(HeldToken token) {
        String sha256 = Sha256.hex(token.value());
        Optional<RememberedGrant> grant = memory.find(sha256);
        if (grant.isEmpty()) {
            return new Introspection.Inactive();
        }
        try {
            perToken.use(sha256);
        } catch (BusyException busy) {
            return new Introspection.Refused(turnedAway(busy));
        }
        return switch (gitHub.isValid(token, grant.get().route())) {
            case Success<Boolean>(var valid) ->
                valid ? new Introspection.Active(grant.get().facts()) : new Introspection.Inactive();
            case Failure<Boolean> _ -> new Introspection.Refused(Refusal.VALIDITY_UNKNOWN.problem());
        };
    }

    @Override
    public Introspection introspect(String sha256, Optional<BearerToken> bearer) {
        Claims caller;
        try {
            caller = callers.prove(bearer);
        } catch (RefusedException refused) {
            refused.turnedAway().ifPresent(audit.turnedAway());
            return new Introspection.Refused(refused.answer());
        }
        return memory.find(sha256)
                .filter(grant -> grant.isOf(caller))
                .<Introspection>map(grant -> new Introspection.Active(grant.facts()))
                .orElseGet(Introspection.Inactive::new);
    }

    private Problem turnedAway(BusyException busy) {
        audit.turnedAway().accept(TurnedAway.TOKENS);
        return Refusal.turnedAway(TurnedAway.TOKENS, busy.retryAfter()).answer();
    }

    /** Callers who prove with their OIDC tokens who they are. */
    record Callers(TokenVerifier verifier, CallerBudgets budgets) {

        /**
         * The claims of a verified token. Each refusal is about the proof itself, so all have the code of a caller who
         * did not prove who it is, unless this service was too busy to check.
         */
        Claims prove(Optional<BearerToken> bearer) throws RefusedException {
            if (bearer.isEmpty()) {
                throw Refusal.NO_BEARER.exception();
            }
            Claims claims = switch (verifier.verify(bearer.get().value())) {
                case Verification.Verified(var token) -> token.claims();
                case Verification.Busy(var retryAfter) -> throw Refusal.turnedAway(TurnedAway.VERIFICATION, retryAfter);
                case Verification.Rejected rejected ->
                    throw new RefusedException(
                            new Problem(UNAUTHENTICATED, rejected.reason().message()));
            };
            budgets.take(claims);
            return claims;
        }
    }
}
