package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds patterns that let in every workload of a customer, and grants that are too powerful for a pattern that matches
 * many.
 *
 * @see <a href="https://buildkite.com/docs/pipelines/security/oidc">Buildkite: OIDC</a>
 * @see <a href="https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/">CircleCI: OpenID
 *     Connect tokens</a>
 * @see <a href="https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens">Terraform
 *     Cloud: workload identity tokens</a>
 */
final class WorkloadRules implements LintRule {
    private static final String NOBODY = "zq7-nobody";
    /** No name of an organization or a pipeline has them. */
    private static final String SEPARATORS = "/:";

    private static final String NO_PROJECT = "0a1b2c3d-0000-4000-8000-000000000000";
    private static final String COMMIT = ":commit:0a1b2c3d:step:x";

    /**
     * A way in which a pattern is wide open.
     *
     * @param parts of a subject that nobody meant
     * @param who gets in
     * @param claims one of which would shut it
     * @param advice what to write
     */
    private record Opening(List<String> parts, String who, List<String> claims, String advice) {}

    private static final List<Opening> TERRAFORM = Stream.of("apply", "plan")
            .map(phase -> new Opening(
                    List.of("organization:", ":project:" + NOBODY + ":workspace:" + NOBODY + ":run_phase:" + phase),
                    "every workspace of the organization",
                    List.of(
                            "terraform_workspace_name",
                            "terraform_workspace_id",
                            "terraform_project_name",
                            "terraform_project_id"),
                    "name project and workspace: organization:ORG:project:PROJECT:workspace:WORKSPACE:run_phase:"
                            + phase))
            .toList();

    private static final List<Opening> BUILDKITE = List.of(
            new Opening(
                    List.of("organization:", ":pipeline:" + NOBODY + ":ref:refs/heads/" + NOBODY + COMMIT),
                    "every pipeline of the organization",
                    List.of("pipeline_slug", "pipeline_id"),
                    "name the pipeline: organization:ORG:pipeline:PIPELINE:ref:refs/heads/main:commit:[0-9a-f]+:step:.*"),
            new Opening(
                    List.of("organization:", ":pipeline:", ":ref:refs/heads/" + NOBODY + COMMIT),
                    "every branch of the pipeline",
                    List.of("build_branch", "build_tag"),
                    "name the branch: organization:ORG:pipeline:PIPELINE:ref:refs/heads/main:commit:[0-9a-f]+:step:.*"));

    private static final List<Opening> CIRCLECI = List.of(new Opening(
            List.of("org/", "/project/" + NO_PROJECT + "/user/" + NO_PROJECT),
            "every project of the organization",
            List.of("oidc.circleci.com/project-id"),
            "name the project: org/ORGANIZATION_ID/project/PROJECT_ID/user/.*"));

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        policy.subjects().stream()
                .filter(subject -> subject.shape().isPresent())
                .forEach(subject -> {
                    workloads(policy, subject, diagnostics);
                    powerful(policy, subject, diagnostics);
                });
    }

    private static void workloads(PolicyView policy, AcceptedValues subject, DiagnosticCollector diagnostics) {
        List<Opening> openings = switch (policy.provider()) {
            case TERRAFORM_CLOUD -> TERRAFORM;
            case BUILDKITE -> BUILDKITE;
            case CIRCLECI -> CIRCLECI;
            case GITHUB, GITLAB, GOOGLE, EKS, GKE, AZURE_DEVOPS, ENTRA, ENTRA_1, BITBUCKET, OTHER -> List.of();
        };
        openings.stream()
                .filter(opening -> subject.shape()
                        .map(shape -> shape.canConsistOf(opening.parts(), SEPARATORS))
                        .orElse(false))
                .filter(opening -> opening.claims().stream()
                        .noneMatch(claim -> policy.claim(claim).isPresent()))
                .findFirst()
                .ifPresent(opening -> diagnostics.add(
                        DiagnosticCode.ANY_WORKLOAD,
                        subject.written().value(),
                        "%s matches %s".formatted(GoQuoted.of(subject.written().text()), opening.who()),
                        Fix.advice(opening.advice())));
    }

    /** With these permissions a token can give itself, or others, everything else. */
    private static boolean isPowerful(YamlSource permission) {
        return switch (permission.name()) {
            case "administration", "secrets", "organization_secrets" -> PolicyView.isWrite(permission);
            case "organization_administration" -> true;
            default -> false;
        };
    }

    private static void powerful(PolicyView policy, AcceptedValues subject, DiagnosticCollector diagnostics) {
        boolean many = GitHubPattern.withoutIds(subject)
                .shape()
                .map(shape -> shape.matchesMany())
                .orElse(false);
        Optional<YamlSource> permission = policy.below("permissions").stream()
                .filter(WorkloadRules::isPowerful)
                .findFirst();
        if (many && permission.isPresent()) {
            diagnostics.add(
                    DiagnosticCode.POWERFUL_GRANT,
                    permission.get().value(),
                    "%s: %s for every subject that matches %s"
                            .formatted(
                                    permission.get().name(),
                                    permission.get().text(),
                                    GoQuoted.of(subject.written().text())),
                    Fix.advice("name the subject exactly, in subject"));
        }
    }
}
