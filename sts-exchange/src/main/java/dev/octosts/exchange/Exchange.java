package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.INTERNAL;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;

import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Problem;
import dev.octosts.api.TokenExchange;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.installation.InstallationTokens;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.Route;
import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
import java.util.Optional;

/**
 * Exchanges an OIDC token for a GitHub token. {@link #grant} has all the steps: {@link Admissions#admit} in the order
 * that decides which error a caller sees, then the verdict and the mint.
 */
final class Exchange implements TokenExchange {

    private static final GitHubResult<InstallationTokens.Minted> GONE =
            new GitHubResult.Failure<>(GitHubResult.Reason.NOT_FOUND);

    private final Admissions admissions;
    private final Decisions decisions;
    private final StandingRules standing;
    private final CallerBudgets budgets;
    private final TokenVerifier bearers;
    private final Governance governance;
    private final InstallationRouter routes;
    private final InstallationTokens tokens;
    private final Audit audit;

    Exchange(
            Admissions admissions,
            Decisions decisions,
            StandingRules standing,
            CallerBudgets budgets,
            TokenVerifier bearers,
            Governance governance,
            InstallationRouter routes,
            InstallationTokens tokens,
            Audit audit) {
        this.admissions = admissions;
        this.decisions = decisions;
        this.standing = standing;
        this.budgets = budgets;
        this.bearers = bearers;
        this.governance = governance;
        this.routes = routes;
        this.tokens = tokens;
        this.audit = audit;
    }

    @Override
    public ExchangeResult exchange(ExchangeRequest request) {
        return audit.audited(
                Operation.EXCHANGE,
                request,
                trail -> new ExchangeResult.Granted(grant(request, trail)),
                ExchangeResult.Refused::new);
    }

    private InstallationToken grant(ExchangeRequest request, AuditTrail trail) throws RefusedException {
        Admission admission = admissions.admit(request, trail);
        Permit permit = permit(admission);
        NarrowedGrant share = NarrowedGrant.of(permit.grant(), admission.repositories(), request.subset());
        keepWithinLimits(admission, share, trail);
        InstallationTokens.Minted minted = minted(admission, share);
        trail.through(minted.route().installation().id());
        trail.granted(minted.token());
        return minted.token();
    }

    private Permit permit(Admission admission) throws RefusedException {
        return switch (decisions.of(admission)) {
            case Permit permit -> {
                budgets.accepted(admission.claims(), admission.target().account());
                bearers.proven(admission.claims().issuer());
                yield permit;
            }
            case Deny denied ->
                throw RefusedException.denied(denied.message(), standing.tellsDetails(admission.caller(), denied));
        };
    }

    private void keepWithinLimits(Admission admission, NarrowedGrant share, AuditTrail trail) throws RefusedException {
        Optional<Problem> refusal =
                governance.judge(admission, share.permissions(), trail).refusal();
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
    }

    /** The App that read the policy mints, unless the policy wants another one. */
    private Route fitting(Admission admission) throws RefusedException {
        return routes.fitting(admission.policy(), admission.target(), admission.pool(), admission.reading());
    }

    private GitHubResult<InstallationTokens.Minted> mint(Admission admission, NarrowedGrant share)
            throws RefusedException {
        if (!share.makesCheckRuns()) {
            return tokens.mint(fitting(admission), share.toRequest());
        }
        GitHubResult<InstallationTokens.Minted> answer = tokens.mint(kept(admission), share.toRequest());
        // The kept installation turned out to be gone: another one takes its place.
        return answer.equals(GONE) ? tokens.mint(kept(admission), share.toRequest()) : answer;
    }

    private Route kept(Admission admission) throws RefusedException {
        return routes.kept(
                admission.policy(),
                admission.target(),
                admission.pool(),
                admission.reading(),
                admission.claims().subject());
    }

    private InstallationTokens.Minted minted(Admission admission, NarrowedGrant share) throws RefusedException {
        Target target = admission.target();
        return switch (mint(admission, share)) {
            case GitHubResult.Success<InstallationTokens.Minted>(var minted) -> minted;
            case GitHubResult.Failure<InstallationTokens.Minted>(var reason) ->
                throw switch (reason) {
                    case UNPROCESSABLE ->
                        new RefusedException(PERMISSION_DENIED, "token exchange failure (StatusUnprocessableEntity)");
                    case LIMITED -> RefusedException.limited(target);
                    case NOT_FOUND -> RefusedException.notInstalled(target);
                    case UNAUTHORIZED, FORBIDDEN, UNAVAILABLE -> new RefusedException(INTERNAL, "failed to get token");
                };
        };
    }
}
