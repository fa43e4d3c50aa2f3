package dev.octosts.policy;

import java.util.List;

/** The decision that a token fails at least one rule. */
public final class Deny implements Decision {
    private final List<Check> checks;
    private final Check decisive;

    Deny(List<Check> checks, Check decisive) {
        this.checks = checks;
        this.decisive = decisive;
    }

    @Override
    public List<Check> checks() {
        return checks;
    }

    /** The first rule that failed. */
    public Check decisive() {
        return decisive;
    }

    /** The message for the caller: {@code trust policy: } and the first rule that failed. */
    public String message() {
        return "trust policy: " + Refusal.of(decisive);
    }

    @Override
    public String toString() {
        return "Deny[" + message() + "]";
    }
}
