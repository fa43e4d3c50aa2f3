package dev.octosts.policy.guardrail;

import java.util.List;

/**
 * The result of checking a grant against guard rails.
 *
 * @param mode what it means when one is not kept
 * @param checks one for each rule that the file gives for the repository, in the order of {@link GuardrailRule}
 */
public record GuardrailVerdict(Mode mode, List<GuardrailCheck> checks) {

    /** No rule applies. */
    public static final GuardrailVerdict NONE = new GuardrailVerdict(Mode.ENFORCE, List.of());

    public GuardrailVerdict {
        checks = List.copyOf(checks);
    }

    /** The rules that the grant does not keep. */
    public List<GuardrailCheck> violations() {
        return checks.stream().filter(check -> !check.satisfied()).toList();
    }

    /** Whether it keeps all of them. */
    public boolean satisfied() {
        return checks.stream().allMatch(GuardrailCheck::satisfied);
    }

    /** Whether the grant is given: because it keeps every rule, or because violations are only recorded. */
    public boolean permits() {
        return mode == Mode.AUDIT || satisfied();
    }
}
