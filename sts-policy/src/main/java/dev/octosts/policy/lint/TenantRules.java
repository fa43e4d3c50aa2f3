package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks policies for issuers that anyone can be a customer of. There the subject, or a claim, must name the customer.
 */
final class TenantRules implements LintRule {
    private static final String NOBODY = "zq7-nobody";
    private static final String NO_NUMBER = "90817263540918273645";

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        Platform provider = policy.provider();
        Optional<AcceptedValues> subject = policy.values("subject");
        if (!provider.isShared() || subject.isEmpty() || isBound(provider, subject.get())) {
            return;
        }
        if (claimsThatBind(provider).stream().anyMatch(claim -> binds(policy, claim))) {
            return;
        }
        if (provider == Platform.GITHUB) {
            diagnostics.add(
                    DiagnosticCode.ANY_OWNER,
                    subject.get().written().value(),
                    "workflows in repositories of other owners match, too",
                    Fix.advice("start the subject with repo:OWNER/"));
        } else {
            diagnostics.add(
                    DiagnosticCode.UNBOUND_SUBJECT,
                    subject.get().written().value(),
                    "tokens of every customer of %s match".formatted(provider.issuer()),
                    Fix.advice("bind the subject, or ask for the claim %s"
                            .formatted(claimsThatBind(provider).getFirst())));
        }
    }

    private static boolean isBound(Platform provider, AcceptedValues subject) {
        if (subject.shape().isEmpty()) {
            return true;
        }
        String start = subject.start();
        String form = provider.subjectOf("");
        String separator = form.isEmpty() ? "" : form.substring(form.length() - 1);
        String prefix = separator.isEmpty() ? "" : form.substring(0, form.length() - 1);
        boolean open =
                start.startsWith(prefix) && !start.substring(prefix.length()).contains(separator);
        boolean longer = !separator.isEmpty() && open && subject.canStartWith(start + NOBODY + separator);
        return !longer
                && Stream.of(NOBODY, NO_NUMBER).noneMatch(name -> subject.canStartWith(provider.subjectOf(name)));
    }

    private static boolean binds(PolicyView policy, String claim) {
        return policy.claim(claim)
                .map(values -> claim.equals("email")
                        ? !values.canEndWith("@" + NOBODY + ".example")
                        : !values.canStartWith(NOBODY) && !values.canStartWith(NO_NUMBER))
                .orElse(false);
    }

    private static List<String> claimsThatBind(Platform provider) {
        return switch (provider) {
            case GITHUB ->
                List.of("repository_owner", "repository_owner_id", "repository", "repository_id", "enterprise_id");
            case GITLAB -> List.of("namespace_path", "namespace_id", "project_path", "project_id", "root_namespace_id");
            case GOOGLE -> List.of("email", "hd", "azp");
            case BUILDKITE -> List.of("organization_slug", "organization_id", "pipeline_id", "cluster_id");
            case TERRAFORM_CLOUD ->
                List.of(
                        "terraform_organization_name",
                        "terraform_organization_id",
                        "terraform_project_id",
                        "terraform_workspace_id");
            case CIRCLECI, EKS, GKE, AZURE_DEVOPS, ENTRA, ENTRA_1, BITBUCKET, OTHER -> List.of("sub");
        };
    }
}
