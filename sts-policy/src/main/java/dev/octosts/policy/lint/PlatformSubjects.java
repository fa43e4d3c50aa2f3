package dev.octosts.policy.lint;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds mistakes in exact subjects of platforms other than GitHub Actions. It knows the forms that people write, and
 * the forms that the platforms use.
 *
 * @see <a href="https://docs.gitlab.com/ci/secrets/id_token_authentication/">GitLab: ID tokens</a>
 * @see <a href="https://buildkite.com/docs/pipelines/security/oidc">Buildkite: OIDC</a>
 */
final class PlatformSubjects {
    private static final Pattern SERVICE_ACCOUNT =
            Pattern.compile("(?i:(?:system:?)?(?:service[-_]?accounts?|sa))[:/]([a-z0-9-]+)[:/]([a-z0-9.-]+):?");
    /** The form that Google's pages about access use for a service account of a cluster. */
    private static final Pattern WORKLOAD =
            Pattern.compile("^(?:serviceAccount:)?[\\w-]+\\.svc\\.id\\.goog\\[([a-z0-9-]+)/([a-z0-9.-]+)\\]$");

    private static final Pattern RUN =
            Pattern.compile("organization:[^:]+:project:[^:]+:workspace:[^:]+:run_phase:(plan|apply)");
    private static final Pattern ACCOUNT = Pattern.compile("system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+");
    private static final Pattern GITLAB =
            Pattern.compile("(?:project|repo|path|project_path)[:/]([\\w.-]+(?:/[\\w.-]+)+)"
                    + "(?::ref_type:(?<type>branch|tag))?(?::ref:(?<ref>.+))?");
    /** Instances may put further claims into subjects, but never another kind of ref. */
    private static final Pattern CUSTOM_GITLAB =
            Pattern.compile("project_path:[\\w.-]+(?:/[\\w.-]+)+(?::(?!ref_type:|branch:|tag:|environment:)\\w+:[^:]+)+"
                    + "|project_path:[\\w.-]+(?:/[\\w.-]+)+:ref_type:(?:branch|tag):.+");

    private static final Pattern ORGANIZATION = Pattern.compile("(?:organisation|org|orgs|organizations):(.*)");

    private PlatformSubjects() {}

    /**
     * A mistake in a subject.
     *
     * @param platform whose subject it is not
     * @param advice what to write
     * @param right the subject, when it is known
     */
    record SubjectMistake(String platform, String advice, Optional<String> right) {}

    /** Whether it has brackets as a name, and not as a pattern. */
    static boolean isWorkload(String subject) {
        return WORKLOAD.matcher(subject).matches();
    }

    /** Empty when nothing is known to be wrong. */
    static Optional<SubjectMistake> in(Platform provider, String subject) {
        return switch (provider) {
            case GITHUB -> Optional.empty();
            case GITLAB -> gitlab(subject);
            case GOOGLE -> google(subject);
            case BUILDKITE -> buildkite(subject);
            case TERRAFORM_CLOUD -> terraform(subject);
            case AZURE_DEVOPS -> azureDevOps(subject);
            case ENTRA, ENTRA_1 -> entra(subject);
            case EKS, GKE -> cluster(subject);
            case CIRCLECI -> circleci(subject);
            case BITBUCKET -> Optional.empty();
            case OTHER -> subject.startsWith("project_path:") ? gitlab(subject) : kubernetes(subject);
        };
    }

    private static Optional<SubjectMistake> gitlab(String subject) {
        var parts = GITLAB.matcher(subject.replaceFirst("^project_path:(?:https?://[^/]+)?/", "project_path:")
                .replaceFirst(":ref_type:(?:branches|heads?)(?=:)", ":ref_type:branch")
                .replaceFirst(":ref_type:tags(?=:)", ":ref_type:tag")
                .replaceFirst(":(branch|tag):(?=[^:]+$)", ":ref_type:$1:ref:"));
        if (!parts.matches()) {
            return CUSTOM_GITLAB.matcher(subject).matches()
                    ? Optional.empty()
                    : mistake("GitLab", "write project_path:GROUP/PROJECT:ref_type:branch:ref:BRANCH, or ref_type:tag");
        }
        String project = "project_path:" + parts.group(1);
        String ref = parts.group("ref");
        if (ref == null) {
            return corrected(
                    "GitLab",
                    subject,
                    project + (parts.group("type") == null ? "" : ":ref_type:" + parts.group("type")));
        }
        String type =
                parts.group("type") != null ? parts.group("type") : ref.startsWith("refs/tags/") ? "tag" : "branch";
        String name = ref.replaceFirst("^refs/(heads|tags)/", "");
        return corrected("GitLab", subject, "%s:ref_type:%s:ref:%s".formatted(project, type, name));
    }

    private static Optional<SubjectMistake> google(String subject) {
        return subject.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.empty()
                : mistake(
                        "Google",
                        "write the account's unique id, a number: gcloud iam service-accounts describe ACCOUNT --format='value(uniqueId)'");
    }

    private static Optional<SubjectMistake> buildkite(String subject) {
        var organization = ORGANIZATION.matcher(subject);
        if (organization.matches()) {
            return corrected("Buildkite", subject, "organization:" + organization.group(1));
        }
        return subject.startsWith("organization:") && subject.contains(":commit:")
                ? Optional.empty()
                : mistake(
                        "Buildkite",
                        "its subjects name commit and step; write subject_pattern: organization:ORG:pipeline:PIPELINE:ref:refs/heads/main:commit:[0-9a-f]+:step:.*");
    }

    private static Optional<SubjectMistake> terraform(String subject) {
        var organization = ORGANIZATION.matcher(subject);
        if (organization.matches()) {
            return corrected("Terraform Cloud", subject, "organization:" + organization.group(1));
        }
        return RUN.matcher(subject).matches()
                ? Optional.empty()
                : mistake(
                        "Terraform Cloud",
                        "write organization:ORG:project:PROJECT:workspace:WORKSPACE:run_phase:apply, or run_phase:plan");
    }

    private static Optional<SubjectMistake> circleci(String subject) {
        return subject.matches("org/[0-9a-f-]{36}/project/[0-9a-f-]{36}/user/.+")
                ? Optional.empty()
                : mistake(
                        "CircleCI",
                        "write org/ORGANIZATION_ID/project/PROJECT_ID/user/USER_ID, or a subject_pattern that ends with user/.*");
    }

    private static Optional<SubjectMistake> azureDevOps(String subject) {
        return subject.matches("sc://[^/]+/[^/]+/[^/]+") || subject.startsWith("p://")
                ? Optional.empty()
                : mistake("Azure DevOps", "write sc://ORGANIZATION/PROJECT/SERVICE_CONNECTION");
    }

    private static Optional<SubjectMistake> entra(String subject) {
        return subject.contains("/") || subject.contains("@")
                ? mistake("Entra", "write the object id of the managed identity or service principal")
                : Optional.empty();
    }

    private static Optional<SubjectMistake> cluster(String subject) {
        Optional<SubjectMistake> mistake = kubernetes(subject);
        return mistake.isPresent() || ACCOUNT.matcher(subject).matches()
                ? mistake
                : mistake("Kubernetes", "write system:serviceaccount:NAMESPACE:NAME");
    }

    private static Optional<SubjectMistake> kubernetes(String subject) {
        var account = SERVICE_ACCOUNT.matcher(WORKLOAD.matcher(subject).replaceFirst("sa:$1:$2"));
        return account.matches()
                ? corrected(
                        "Kubernetes",
                        subject,
                        "system:serviceaccount:%s:%s".formatted(account.group(1), account.group(2)))
                : subject.matches("system:serviceaccounts?:[^:]*")
                        ? mistake("Kubernetes", "write system:serviceaccount:NAMESPACE:NAME")
                        : Optional.empty();
    }

    private static Optional<SubjectMistake> corrected(String platform, String subject, String right) {
        return right.equals(subject)
                ? Optional.empty()
                : Optional.of(new SubjectMistake(platform, "write " + right, Optional.of(right)));
    }

    private static Optional<SubjectMistake> mistake(String platform, String advice) {
        return Optional.of(new SubjectMistake(platform, advice, Optional.empty()));
    }
}
