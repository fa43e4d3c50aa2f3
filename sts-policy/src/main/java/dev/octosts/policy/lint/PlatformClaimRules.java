package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.Map;
import java.util.Optional;

/**
 * Finds faults in conditions on claims of GitLab and of Kubernetes, where a policy is certain to be wrong, and on
 * claims that are nested in a token.
 *
 * @see <a href="https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload">GitLab: token payload</a>
 */
final class PlatformClaimRules implements LintRule {
    /** The claims of GitHub Actions, and GitLab's names for the same. */
    private static final Map<String, String> IN_GITLAB = Map.of(
            "branch", "ref",
            "repository", "project_path",
            "repository_id", "project_id",
            "repository_owner", "namespace_path",
            "namespace", "namespace_path",
            "job_workflow_ref", "ci_config_ref_uri",
            "workflow_ref", "ci_config_ref_uri",
            "event_name", "pipeline_source",
            "actor", "user_login");

    private static final Map<String, String> IN_KUBERNETES = Map.of(
            "namespace", "/kubernetes.io/namespace",
            "kubernetes.io/namespace", "/kubernetes.io/namespace",
            "kubernetes.io.namespace", "/kubernetes.io/namespace",
            "serviceaccount", "/kubernetes.io/serviceaccount/name",
            "service_account", "/kubernetes.io/serviceaccount/name",
            "kubernetes.io/serviceaccount/name", "/kubernetes.io/serviceaccount/name");

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        for (YamlSource claim : policy.below("claim_pattern")) {
            if (claim.name().startsWith("/")) {
                report(
                        diagnostics,
                        claim,
                        "claim_pattern takes names, and no way to what stands deeper",
                        toClaim(claim.name()));
            } else {
                named(policy.provider(), claim, diagnostics);
                if (claim.isText()) {
                    policy.shape(claim)
                            .ifPresent(shape -> form(
                                    policy, new AcceptedValues(claim, Optional.of(shape)), claim.name(), diagnostics));
                }
            }
        }
        for (YamlSource claim : policy.below("claim")) {
            named(policy.provider(), claim, diagnostics);
            policy.accepted(claim).forEach(value -> form(policy, PolicyView.exact(value), claim.name(), diagnostics));
        }
    }

    private static void named(Platform provider, YamlSource claim, DiagnosticCollector diagnostics) {
        if (provider == Platform.GITLAB && IN_GITLAB.containsKey(claim.name())) {
            String right = IN_GITLAB.get(claim.name());
            report(
                    diagnostics,
                    claim,
                    "tokens of GitLab have no claim %s".formatted(GoQuoted.of(claim.name())),
                    Fix.edit("write " + right, Edit.replace(claim.key(), right)));
        } else if ((provider == Platform.EKS || provider == Platform.GKE) && IN_KUBERNETES.containsKey(claim.name())) {
            String right = IN_KUBERNETES.get(claim.name());
            report(
                    diagnostics,
                    claim,
                    "tokens of Kubernetes have no claim %s at the top".formatted(GoQuoted.of(claim.name())),
                    claim.section().equals("claim")
                            ? Fix.edit("write " + right, Edit.replace(claim.key(), right))
                            : toClaim(right));
        }
    }

    private static Fix toClaim(String pointer) {
        return Fix.advice("write %s below claim, with the exact value".formatted(pointer));
    }

    private static void report(DiagnosticCollector diagnostics, YamlSource claim, String cause, Fix fix) {
        diagnostics.add(DiagnosticCode.UNKNOWN_CLAIM, claim.key(), cause, fix);
    }

    private static void form(PolicyView policy, AcceptedValues claim, String name, DiagnosticCollector diagnostics) {
        if (policy.provider() != Platform.GITLAB) {
            return;
        }
        String wanted = switch (name) {
            case "ref" -> claim.start().startsWith("refs/") ? "is the bare name of a branch or tag" : "";
            case "ref_path" -> claim.canStartWith("refs/") ? "" : "starts with refs/";
            case "ref_type" -> claim.canBe("branch") || claim.canBe("tag") ? "" : "is branch or tag";
            case "ref_protected", "environment_protected" ->
                claim.canBe("true") || claim.canBe("false") ? "" : "is true or false";
            case "project_path" -> claim.canContain("/") ? "" : "is GROUP/PROJECT";
            default -> "";
        };
        if (!wanted.isEmpty()) {
            diagnostics.add(
                    DiagnosticCode.CLAIM_FORM,
                    claim.written().value(),
                    "the claim %s %s, which %s cannot match"
                            .formatted(name, wanted, GoQuoted.of(claim.written().text())),
                    Fix.advice("write it as the token has it"));
        }
    }
}
