package dev.octosts.exchange;

import dev.octosts.exchange.bearer.VerifiedToken;
import dev.octosts.exchange.source.Enforcement;
import dev.octosts.github.Installation;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Decision;
import dev.octosts.policy.SharedPlatforms;
import dev.octosts.policy.guardrail.TrustedIssuers;
import org.jspecify.annotations.Nullable;

/**
 * Decides which callers have standing for a scope, so that a refusal may show them what its policy requires. A policy
 * may be in a private repository, and every person can obtain a verified token of a shared issuer; so a verified token
 * alone gives none.
 *
 * @see <a href="https://github.com/octo-sts/octo-sts-java/blob/main/docs/adr/0018-standing.md">ADR 18</a>
 */
final class StandingRules {

    private final RefusalDetail detail;
    private final ActionsIssuer actions;

    StandingRules(RefusalDetail detail, ActionsIssuer actions) {
        this.detail = detail;
        this.actions = actions;
    }

    /**
     * The known facts about a caller.
     *
     * @param bearer its verified token
     * @param account the owner in the scope, in lower case
     * @param installation the installation on that account
     * @param trusted the issuers that the account's organization trusts, as far as they are known
     */
    record VerifiedCaller(
            VerifiedToken bearer, String account, Installation installation, Enforcement<TrustedIssuers> trusted) {}

    /** Whether a caller may know what a policy requires, when the policy itself is not known yet. */
    boolean tellsDetails(VerifiedCaller caller) {
        return switch (detail) {
            case ALL -> true;
            case NONE -> false;
            case OWN -> hasStanding(caller);
        };
    }

    /**
     * Whether a caller may know what a policy requires.
     *
     * @param decision of that policy about the caller's token
     */
    boolean tellsDetails(VerifiedCaller caller, Decision decision) {
        return tellsDetails(caller) || (detail == RefusalDetail.OWN && decision.recognizesCaller());
    }

    private boolean hasStanding(VerifiedCaller caller) {
        return isWorkflowOf(caller.bearer().claims(), caller.account(), caller.installation())
                || caller.bearer().isOfConfiguredIssuer()
                || isListed(caller.bearer().claims().issuer(), caller.trusted());
    }

    /** Whether a GitHub server says in the token that its repository belongs to the account. */
    boolean isWorkflowOf(Claims claims, String account, @Nullable Installation installation) {
        boolean named = claims.all().get("repository_owner") instanceof String owner && owner.equalsIgnoreCase(account);
        if (!named) {
            return false;
        }
        String said = claims.all().get("repository_owner_id") instanceof String id ? id : "";
        String known =
                installation == null || installation.accountId() == 0 ? "" : Long.toString(installation.accountId());
        boolean bothKnown = !said.isEmpty() && !known.isEmpty();
        return switch (actions.kind(claims.issuer())) {
            case OF_THIS_SERVER -> !bothKnown || said.equals(known);
            case OF_ANOTHER_SERVER -> bothKnown && said.equals(known);
            case NOT_GITHUB -> false;
        };
    }

    private static boolean isListed(String issuer, Enforcement<TrustedIssuers> trusted) {
        return trusted instanceof Enforcement.InForce<TrustedIssuers>(var list)
                && list.lists(issuer)
                && !SharedPlatforms.contains(issuer);
    }
}
