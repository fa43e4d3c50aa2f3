package dev.octosts.policy;

import java.util.List;

/** The decision that a token fails at least one rule. */
public final class Deny implements Decision {
    private final List<RuleCheck> checks;
    private final RuleCheck decisive;

    Deny(List<RuleCheck> checks, RuleCheck decisive) {
        this.checks = checks;
        this.decisive = decisive;
    }

    @Override
    public List<RuleCheck> checks() {
        return checks;
    }

    /** The first rule that failed. */
    public RuleCheck decisive() {
        return decisive;
    }

    /** The message for the caller: {@code trust policy: } and the first rule that failed. */
    public String message() {
        return "trust policy: " + DenialMessage.of(decisive);
    }

    @Override
    public String toString() {
        return "Deny[" + message() + "]";
    }
}
