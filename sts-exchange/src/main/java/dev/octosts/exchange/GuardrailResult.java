package dev.octosts.exchange;

import dev.octosts.api.Problem;
import dev.octosts.policy.guardrail.Guardrails.GuardrailCheck;
import dev.octosts.policy.guardrail.Guardrails.GuardrailVerdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The result of checking a policy's grant against the limits.
 *
 * @param rulings by each set of guard rails that applies
 * @param refusal the answer to the caller; empty when the grant is within the limits
 */
record GuardrailResult(List<Ruling> rulings, Optional<Refusal> refusal) {

    GuardrailResult {
        rulings = List.copyOf(rulings);
    }

    /**
     * The verdict of one set of guard rails.
     *
     * @param source their owner: {@code service} or {@code organization}
     * @param verdict rule by rule
     */
    record Ruling(String source, GuardrailVerdict verdict) {}

    /**
     * Refuses a grant that is not within the limits.
     *
     * @param showsDetails whether the caller may know which rule it was
     */
    void enforce(BooleanSupplier showsDetails) throws RefusedException {
        if (refusal.isPresent()) {
            Problem reason = refusal.get().problem();
            throw new RefusedException(reason, showsDetails.getAsBoolean() ? reason.because(decisiveRule()) : reason);
        }
    }

    /** The first rule that refuses; empty when the operator grants nothing but read permissions. */
    private String decisiveRule() {
        return rulings.stream()
                .filter(ruling -> !ruling.verdict().permits())
                .flatMap(ruling -> ruling.verdict().violations().stream())
                .findFirst()
                .map(violation -> violation.rule().key())
                .orElse("");
    }

    /** For programs to read: every rule that was applied. */
    List<Map<String, Object>> toMaps() {
        return rulings.stream()
                .flatMap(ruling -> ruling.verdict().checks().stream().map(check -> toMap(ruling, check)))
                .toList();
    }

    private static Map<String, Object> toMap(Ruling ruling, GuardrailCheck check) {
        var map = new LinkedHashMap<String, Object>();
        map.put("source", ruling.source());
        map.put("mode", ruling.verdict().mode().wireName());
        map.put("rule", check.rule().key());
        map.put("satisfied", check.satisfied());
        if (!check.satisfied()) {
            map.put("detail", check.detail());
        }
        return map;
    }
}
