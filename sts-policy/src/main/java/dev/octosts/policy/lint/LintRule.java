package dev.octosts.policy.lint;

/** A check of a policy that the engine accepts. */
@FunctionalInterface
interface LintRule {
    void check(PolicyView policy, DiagnosticCollector diagnostics);
}
