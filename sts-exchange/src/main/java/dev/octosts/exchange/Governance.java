package dev.octosts.exchange;

import dev.octosts.exchange.GuardrailResult.Ruling;
import dev.octosts.exchange.source.Enforcement;
import dev.octosts.exchange.source.Enforcement.Cause;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Level;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.guardrail.GuardedGrant;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.Guardrails.GuardrailCheck;
import dev.octosts.policy.guardrail.Mode;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.PolicyKind;
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

    private final GrantLimits limits;

    Governance(GrantLimits limits) {
        this.limits = limits;
    }

    /**
     * The place of an issuer in an organization's list of trusted issuers.
     *
     * @param unlisted the mode of the list when it does not have the issuer; empty when it does, or when there is no
     *     list
     */
    record IssuerResult(Optional<Mode> unlisted) {

        /** Refuses an issuer that is not on the list, unless the list is in audit mode. */
        void enforce() throws RefusedException {
            if (unlisted.isPresent() && unlisted.get() != Mode.AUDIT) {
                throw Refusal.ISSUER_NOT_TRUSTED.exception();
            }
        }
    }

    /**
     * Checks whether the organization trusts an issuer.
     *
     * @param trusted how its list binds
     * @throws RefusedException when it is not known which issuers the organization trusts
     */
    IssuerResult checkIssuer(Enforcement<TrustedIssuers> trusted, Target target, String issuer)
            throws RefusedException {
        return switch (trusted) {
            case Enforcement.None<TrustedIssuers>() -> new IssuerResult(Optional.empty());
            case Enforcement.InForce<TrustedIssuers>(var list) -> checkList(list, target, issuer);
            case Enforcement.Invalid<TrustedIssuers>() -> throw Refusal.TRUSTED_ISSUERS_INVALID.exception();
            case Enforcement.Unavailable<TrustedIssuers>(var cause) ->
                throw unavailable(cause, Refusal.TRUSTED_ISSUERS_LIMITED, Refusal.TRUSTED_ISSUERS_UNAVAILABLE)
                        .exception(target);
        };
    }

    private static IssuerResult checkList(TrustedIssuers list, Target target, String issuer) {
        if (list.permits(issuer)) {
            return new IssuerResult(Optional.empty());
        }
        LOG.warn(
                "{} does not list the issuer {}: {}",
                target.owner(),
                issuer,
                list.mode() == Mode.AUDIT ? "permitted, because its list is in audit mode" : "refused");
        return new IssuerResult(Optional.of(list.mode()));
    }

    /** Checks the grant of an admitted request. */
    GuardrailResult checkGrant(Admission admission, NarrowedGrant grant) throws RefusedException {
        return checkGrant(
                admission.organization().guardrails(),
                admission.target(),
                admission.policy(),
                admission.claims(),
                grant.permissions());
    }

    /**
     * Checks the grant of a policy. The service's guard rails bind every policy.
     *
     * @param enforcement how the organization's guard rails bind; they are for policies of repositories
     * @param permissions the permissions of the grant
     * @throws RefusedException when it is not known what the organization permits
     */
    GuardrailResult checkGrant(
            Enforcement<Guardrails> enforcement,
            Target target,
            TrustPolicy policy,
            Claims claims,
            Map<String, Level> permissions)
            throws RefusedException {
        if (limits.readOnly() && permissions.values().stream().anyMatch(level -> level != Level.READ)) {
            return new GuardrailResult(List.of(), Optional.of(Refusal.READ_ONLY));
        }
        boolean ofOrganization = target.policy().kind() == PolicyKind.ORGANIZATION;
        Optional<Guardrails> organization = ofOrganization ? Optional.empty() : organization(enforcement, target);
        if (organization.isEmpty() && limits.guardrails().isEmpty()) {
            return new GuardrailResult(List.of(), Optional.empty());
        }
        var grant = new GuardedGrant(target.account(), target.policy().repository(), policy, claims, permissions);
        var rulings = new ArrayList<Ruling>();
        limits.guardrails()
                .map(rails -> ofOrganization
                        ? rails.judgeOrganizationPolicy(grant, target.covered(policy))
                        : rails.judge(grant))
                .ifPresent(verdict -> rulings.add(new Ruling("service", verdict)));
        organization.ifPresent(rails -> rulings.add(new Ruling("organization", rails.judge(grant))));
        log(target, rulings);
        return new GuardrailResult(rulings, refusal(rulings));
    }

    private static Optional<Guardrails> organization(Enforcement<Guardrails> enforcement, Target target)
            throws RefusedException {
        return switch (enforcement) {
            case Enforcement.None<Guardrails>() -> Optional.empty();
            case Enforcement.InForce<Guardrails>(var rails) -> Optional.of(rails);
            case Enforcement.Invalid<Guardrails>() -> throw Refusal.GUARDRAILS_INVALID.exception();
            case Enforcement.Unavailable<Guardrails>(var cause) ->
                throw unavailable(cause, Refusal.GUARDRAILS_LIMITED, Refusal.GUARDRAILS_UNAVAILABLE)
                        .exception(target);
        };
    }

    private static Refusal unavailable(Cause cause, Refusal limited, Refusal failed) {
        return switch (cause) {
            case LIMITED -> limited;
            case FAILED -> failed;
            case NOT_INSTALLED -> Refusal.NOT_INSTALLED;
        };
    }

    /** A permission that goes too far is reported before anything else. */
    private static Optional<Refusal> refusal(List<Ruling> rulings) {
        List<GuardrailCheck> decisive = rulings.stream()
                .filter(ruling -> !ruling.verdict().permits())
                .flatMap(ruling -> ruling.verdict().violations().stream())
                .toList();
        if (decisive.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                decisive.stream().anyMatch(check -> check.rule().isAboutPermissions())
                        ? Refusal.BEYOND_GUARDRAILS
                        : Refusal.NOT_PERMITTED_BY_GUARDRAILS);
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
