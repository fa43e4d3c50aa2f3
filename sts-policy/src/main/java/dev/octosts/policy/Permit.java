package dev.octosts.policy;

import java.util.List;

/** The decision that a token satisfies every rule. Having one proves that the policy was evaluated. */
public final class Permit implements Decision {
    private final List<RuleCheck> checks;
    private final Grant grant;

    Permit(List<RuleCheck> checks, Grant grant) {
        this.checks = checks;
        this.grant = grant;
    }

    @Override
    public List<RuleCheck> checks() {
        return checks;
    }

    /** The grant of the policy. */
    public Grant grant() {
        return grant;
    }

    @Override
    public String toString() {
        return "Permit[" + grant + "]";
    }
}
