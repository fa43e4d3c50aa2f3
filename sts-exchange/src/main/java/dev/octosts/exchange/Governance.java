package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;

import dev.octosts.api.Problem;
import dev.octosts.exchange.GuardrailResult.Ruling;
import dev.octosts.exchange.bearer.VerifiedToken;
import dev.octosts.exchange.source.Cause;
import dev.octosts.exchange.source.Enforcement;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Level;
import dev.octosts.policy.PolicyKind;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.guardrail.GuardedGrant;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.Guardrails.GuardrailCheck;
import dev.octosts.policy.guardrail.Mode;
import dev.octosts.policy.guardrail.TrustedIssuers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the rules above trust policies: which issuers an organization trusts, and how far its repositories and this
 * service may go. An unknown rule permits nothing. Callers see fixed words, operators see the reasons.
 */
final class Governance {

    private static final Logger LOG = LoggerFactory.getLogger(Governance.class);
    private static final Problem READ_ONLY =
            new Problem(PERMISSION_DENIED, "this service grants read permissions only");
    private static final Problem TOO_MUCH =
            new Problem(PERMISSION_DENIED, "permissions exceed organization guardrails");
    private static final Problem NOT_SO =
            new Problem(PERMISSION_DENIED, "trust policy not permitted by organization guardrails");

    private final GrantLimits limits;

    Governance(GrantLimits limits) {
        this.limits = limits;
    }

    /** Continues when the organization trusts the issuer, when it has no list, or when its list is in audit mode. */
    void permitIssuer(Enforcement<TrustedIssuers> standing, Target target, VerifiedToken bearer, AuditTrail trail)
            throws RefusedException {
        switch (standing) {
            case Enforcement.Free<TrustedIssuers>() -> {}
            case Enforcement.Bound<TrustedIssuers>(var trusted) -> permitIssuer(trusted, target, bearer, trail);
            case Enforcement.Broken<TrustedIssuers>() ->
                throw new RefusedException(FAILED_PRECONDITION, "organization trusted-issuer configuration is invalid");
            case Enforcement.Unknown<TrustedIssuers>(var cause) ->
                throw unknown("organization trusted-issuer lookup", cause, target);
        }
    }

    private static void permitIssuer(TrustedIssuers trusted, Target target, VerifiedToken bearer, AuditTrail trail)
            throws RefusedException {
        String issuer = bearer.claims().issuer();
        if (trusted.permits(issuer)) {
            return;
        }
        trail.issuerNotListed(trusted.mode());
        boolean audited = trusted.mode() == Mode.AUDIT;
        LOG.warn(
                "{} does not list the issuer {}: {}",
                target.owner(),
                issuer,
                audited ? "permitted, because its list is in audit mode" : "refused");
        if (!audited) {
            throw new RefusedException(PERMISSION_DENIED, "issuer not permitted by organization policy");
        }
    }

    /** Checks the grant of a policy. The audit event has the rules that the grant exceeds. */
    GuardrailResult judge(Admission admission, Map<String, Level> permissions, AuditTrail trail)
            throws RefusedException {
        GuardrailResult judgement = judge(
                admission.organization().guardrails(),
                admission.target(),
                admission.policy(),
                admission.claims(),
                permissions);
        trail.judged(judgement);
        return judgement;
    }

    /**
     * Checks the grant of a policy. The service's guard rails bind every policy.
     *
     * @param standing how the organization's guard rails bind; they are for policies of repositories
     * @param permissions the permissions of the grant
     * @throws RefusedException when it is not known what the organization permits
     */
    GuardrailResult judge(
            Enforcement<Guardrails> standing,
            Target target,
            TrustPolicy policy,
            Claims claims,
            Map<String, Level> permissions)
            throws RefusedException {
        boolean writes = permissions.values().stream().anyMatch(level -> level != Level.READ);
        if (limits.readOnly() && writes) {
            return new GuardrailResult(List.of(), Optional.of(READ_ONLY));
        }
        boolean ofOrganization = target.policy().kind() == PolicyKind.ORGANIZATION;
        Optional<Guardrails> organization = ofOrganization ? Optional.empty() : organization(standing, target);
        if (organization.isEmpty() && limits.guardrails().isEmpty()) {
            return new GuardrailResult(List.of(), Optional.empty());
        }
        var grant = new GuardedGrant(target.account(), target.policy().repository(), policy, claims, permissions);
        var rulings = new ArrayList<Ruling>();
        limits.guardrails()
                .map(rails -> ofOrganization
                        ? rails.judgeOrganizationPolicy(grant, covered(policy, target))
                        : rails.judge(grant))
                .ifPresent(verdict -> rulings.add(new Ruling("service", verdict)));
        organization.ifPresent(rails -> rulings.add(new Ruling("organization", rails.judge(grant))));
        log(target, rulings);
        return new GuardrailResult(rulings, refusal(rulings));
    }

    /** Which repositories the policy's token may cover; empty for all of the installation. */
    private static List<String> covered(TrustPolicy policy, Target target) {
        List<String> named = policy.grant().repositories();
        return named.isEmpty() ? target.fallback() : named;
    }

    private static Optional<Guardrails> organization(Enforcement<Guardrails> standing, Target target)
            throws RefusedException {
        return switch (standing) {
            case Enforcement.Free<Guardrails>() -> Optional.empty();
            case Enforcement.Bound<Guardrails>(var rails) -> Optional.of(rails);
            case Enforcement.Broken<Guardrails>() ->
                throw new RefusedException(FAILED_PRECONDITION, "organization guardrails configuration is invalid");
            case Enforcement.Unknown<Guardrails>(var cause) ->
                throw unknown("organization guardrails lookup", cause, target);
        };
    }

    private static RefusedException unknown(String what, Cause cause, Target target) {
        return switch (cause) {
            case LIMITED -> new RefusedException(RESOURCE_EXHAUSTED, what + " rate limited");
            case FAILED -> new RefusedException(UNAVAILABLE, what + " unavailable");
            case NOT_INSTALLED -> RefusedException.notInstalled(target);
        };
    }

    /** A permission that goes too far is reported before anything else. */
    private static Optional<Problem> refusal(List<Ruling> rulings) {
        List<GuardrailCheck> decisive = rulings.stream()
                .filter(ruling -> !ruling.verdict().permits())
                .flatMap(ruling -> ruling.verdict().violations().stream())
                .toList();
        if (decisive.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(decisive.stream().anyMatch(check -> check.rule().isAboutPermissions()) ? TOO_MUCH : NOT_SO);
    }

    private static void log(Target target, List<Ruling> rulings) {
        for (Ruling ruling : rulings) {
            for (GuardrailCheck violation : ruling.verdict().violations()) {
                LOG.warn(
                        "the policy {} of {}/{} goes beyond {} of the {}'s guard rails, {}: {}",
                        target.identity(),
                        target.owner(),
                        target.policy().repository(),
                        violation.rule().key(),
                        ruling.source(),
                        ruling.verdict().permits() ? "which are in audit mode" : "refused",
                        violation.detail());
            }
        }
    }
}
