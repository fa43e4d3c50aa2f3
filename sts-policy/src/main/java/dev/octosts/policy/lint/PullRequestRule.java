package dev.octosts.policy.lint;

import dev.octosts.policy.DiagnosticCode;

/** Finds write access for runs whose workflow may come from an author without write access. */
final class PullRequestRule implements LintRule {
    private static final String BRANCH = "zq7-nobody";

    @Override
    public void check(PolicyView policy, Report report) {
        if (policy.writes()) {
            policy.subjects().forEach(subject -> check(policy, subject, report));
        }
    }

    private static void check(PolicyView policy, Values subject, Report report) {
        Provider provider = policy.provider();
        if (provider == Provider.GITHUB && pullRequests(policy, subject)) {
            report.add(
                    DiagnosticCode.PULL_REQUEST_WRITES,
                    subject.written().value(),
                    "a pull request decides what its run does with write access",
                    Fix.advice("ask for a claim that pins the workflow, such as "
                            + "job_workflow_ref: OWNER/REPO/\\.github/workflows/FILE\\.yml@refs/heads/main"));
        } else if (branches(policy, subject, provider)) {
            report.add(
                    DiagnosticCode.ANY_BRANCH_WRITES,
                    subject.written().value(),
                    "everyone who can push a branch decides what a run does with write access",
                    Fix.advice("name the branch, or ask for ref_protected: \"true\""));
        }
    }

    private static boolean pullRequests(PolicyView policy, Values subject) {
        String reference = "refs/pull/1/merge";
        return subject.canConsistOf("repo:", "/", ":pull_request")
                && mayBe(policy, "event_name", "pull_request")
                && mayBe(policy, "ref", reference)
                && mayEndWith(policy, "workflow_ref", "@" + reference)
                && mayEndWith(policy, "job_workflow_ref", "@" + reference);
    }

    private static boolean branches(PolicyView policy, Values subject, Provider provider) {
        boolean github = provider == Provider.GITHUB;
        boolean gitlab = provider == Provider.GITLAB || subject.start().startsWith("project_path:");
        if ((!github && !gitlab) || subject.shape().isEmpty()) {
            return false;
        }
        String reference = "refs/heads/" + BRANCH;
        boolean any = github
                ? subject.canConsistOf("repo:", "/", ":ref:" + reference)
                : subject.canConsistOf("project_path:", "/", ":ref_type:branch:ref:" + BRANCH);
        return any
                && mayBe(policy, "ref", github ? reference : BRANCH)
                && mayBe(policy, "ref_path", reference)
                && mayBe(policy, "ref_protected", "false")
                && policy.claim("environment").isEmpty()
                && mayEndWith(policy, "workflow_ref", "@" + reference)
                && mayEndWith(policy, "job_workflow_ref", "@" + reference)
                && mayEndWith(policy, "ci_config_ref_uri", "@" + reference);
    }

    private static boolean mayBe(PolicyView policy, String claim, String value) {
        return policy.claim(claim).map(values -> values.canBe(value)).orElse(true);
    }

    private static boolean mayEndWith(PolicyView policy, String claim, String ending) {
        return policy.claim(claim).map(values -> values.canEndWith(ending)).orElse(true);
    }
}
