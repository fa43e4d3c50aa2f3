package dev.octosts.policy.lint;

/** A check of a trust policy. It also sees files that no exchange accepts, and reports what it can. */
@FunctionalInterface
interface LintRule {
    void check(PolicyView policy, DiagnosticCollector diagnostics);
}
