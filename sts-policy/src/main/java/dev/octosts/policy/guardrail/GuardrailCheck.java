package dev.octosts.policy.guardrail;

/**
 * A guard rail applied to a grant.
 *
 * @param rule which one
 * @param satisfied whether the grant keeps within it
 * @param detail what does not, for operators; empty when all does
 */
public record GuardrailCheck(GuardrailRule rule, boolean satisfied, String detail) {

    static GuardrailCheck of(GuardrailRule rule, String detail) {
        return new GuardrailCheck(rule, detail.isEmpty(), detail);
    }
}
