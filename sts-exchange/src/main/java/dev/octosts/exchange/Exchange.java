package dev.octosts.exchange;

import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.GrantedTokens;
import dev.octosts.api.TokenExchange;
import dev.octosts.api.trace.Trace;
import dev.octosts.exchange.installation.InstallationTokens;
import dev.octosts.exchange.installation.InstallationTokens.Minted;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.TokenRequest;
import dev.octosts.policy.Decision.Permit;

/**
 * Exchanges an OIDC token for a GitHub token. {@link #grant} shows all the steps. {@link Admissions#admit} makes the
 * first of them; then come the decision and the mint.
 */
final class Exchange implements TokenExchange {

    private static final GitHubResult<Minted> GONE = new Failure<>(GitHubResult.Reason.NOT_FOUND);

    private final Admissions admissions;
    private final Decisions decisions;
    private final Governance governance;
    private final InstallationRouter router;
    private final InstallationTokens tokens;
    private final GitHub gitHub;
    private final OneTimeTokens oneTimeTokens;
    private final GrantMemory memory;
    private final Audit audit;

    Exchange(
            Admissions admissions,
            Decisions decisions,
            Governance governance,
            InstallationRouter router,
            InstallationTokens tokens,
            GitHub gitHub,
            OneTimeTokens oneTimeTokens,
            GrantMemory memory,
            Audit audit) {
        this.admissions = admissions;
        this.decisions = decisions;
        this.governance = governance;
        this.router = router;
        this.tokens = tokens;
        this.gitHub = gitHub;
        this.oneTimeTokens = oneTimeTokens;
        this.memory = memory;
        this.audit = audit;
    }

    @Override
    public ExchangeResult exchange(ExchangeRequest request) {
        return audit.audited(Operation.EXCHANGE, request, trail -> grant(request, trail), ExchangeResult.Refused::new);
    }

    private ExchangeResult grant(ExchangeRequest request, AuditTrail trail) throws RefusedException {
        Admission admission = admissions.admit(request, trail);
        Permit permit = decisions.permit(admission, trail);
        NarrowedGrant grant = NarrowedGrant.of(permit.grant(), admission.repositories(), request.subset());
        GuardrailResult guardrails = governance.checkGrant(admission, grant);
        trail.checked(guardrails);
        guardrails.enforce(() -> decisions.showsDetails(admission, permit));
        TokenRequest asked = grant.toRequest();
        audit.checkStore();
        try (var use = oneTimeTokens.begin(request, admission)) {
            Minted minted = mint(admission, grant, asked);
            trail.granted(minted, grant);
            record(trail, minted);
            use.keep();
            var granted = new ExchangeResult.Granted(minted.token(), asked.permissions());
            memory.remember(
                    trail.tokenSha256(),
                    new GrantMemory.RememberedGrant(
                            facts(request, admission, grant, granted),
                            admission.claims().audiences(),
                            minted.route()));
            return granted;
        }
    }

    /** No token leaves before its record is kept. A token whose record is lost is revoked. */
    private void record(AuditTrail trail, Minted minted) throws RefusedException {
        try {
            audit.keep(trail, minted.token());
        } catch (RefusedException | RuntimeException lost) {
            gitHub.revokeLater(minted.route().app(), minted.route().owner(), minted.token());
            throw lost;
        }
    }

    private GrantedTokens.Facts facts(
            ExchangeRequest request, Admission admission, NarrowedGrant grant, ExchangeResult.Granted granted) {
        return new GrantedTokens.Facts(
                admission.claims().issuer(),
                admission.claims().subject(),
                request.scope(),
                request.identity(),
                granted.permissions(),
                grant.repositories(),
                audit.clock().instant(),
                granted.token().expiresAt());
    }

    private Minted mint(Admission admission, NarrowedGrant grant, TokenRequest asked) throws RefusedException {
        GitHubResult<Minted> result;
        try (var _ = Trace.begin("mint")) {
            result = tokens.mint(router.route(admission, grant), asked);
            if (grant.makesCheckRuns() && result.equals(GONE)) {
                // The installation that served this subject before is gone. Now another one serves it.
                result = tokens.mint(router.route(admission, grant), asked);
            }
        }
        return switch (result) {
            case Success<Minted>(var minted) -> minted;
            case Failure<Minted>(var reason) -> throw Refusal.ofMint(reason).exception(admission.target());
        };
    }
}
