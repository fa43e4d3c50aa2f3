package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;

/** Finds write access for runs whose workflow may come from an author without write access. */
final class PullRequestRule implements LintRule {
    private static final String BRANCH = "zq7-nobody";

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        if (policy.writes()) {
            policy.subjects().forEach(subject -> check(policy, subject, diagnostics));
        }
    }

    private static void check(PolicyView policy, AcceptedValues subject, DiagnosticCollector diagnostics) {
        Platform provider = policy.provider();
        if (provider == Platform.GITHUB && pullRequests(policy, subject)) {
            diagnostics.add(
                    DiagnosticCode.PULL_REQUEST_WRITES,
                    subject.written().value(),
                    "a pull request decides what its run does with write access",
                    Fix.advice("ask for a claim that pins the workflow, such as "
                            + "job_workflow_ref: OWNER/REPO/\\.github/workflows/FILE\\.yml@refs/heads/main"));
        } else if (branches(policy, subject, provider)) {
            diagnostics.add(
                    DiagnosticCode.ANY_BRANCH_WRITES,
                    subject.written().value(),
                    "everyone who can push a branch decides what a run does with write access",
                    Fix.advice("name the branch, or ask for ref_protected: \"true\""));
        }
    }

    private static boolean pullRequests(PolicyView policy, AcceptedValues subject) {
        String reference = "refs/pull/1/merge";
        return subject.canConsistOf("repo:", "/", ":pull_request")
                && mayBe(policy, "event_name", "pull_request")
                && mayBe(policy, "ref", reference)
                && mayEndWith(policy, "workflow_ref", "@" + reference)
                && mayEndWith(policy, "job_workflow_ref", "@" + reference);
    }

    private static boolean branches(PolicyView policy, AcceptedValues subject, Platform provider) {
        boolean github = provider == Platform.GITHUB;
        boolean gitlab = provider == Platform.GITLAB || subject.start().startsWith("project_path:");
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
