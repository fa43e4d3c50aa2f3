package dev.octosts.policy.lint;

/** Something to look for in a policy that the engine takes. */
@FunctionalInterface
interface LintRule {
    void check(PolicyView policy, Report report);
}
