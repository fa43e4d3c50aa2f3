package dev.octosts.policy.lint;

import dev.octosts.policy.Written;
import dev.octosts.policy.pattern.PatternShape;
import java.util.Optional;

/**
 * The values that a rule accepts.
 *
 * @param written the rule
 * @param shape of its pattern; empty for an exact value
 */
record Values(Written written, Optional<PatternShape> shape) {
    boolean canStartWith(String beginning) {
        return shape.map(pattern -> pattern.canStartWith(beginning))
                .orElseGet(() -> written.text().startsWith(beginning));
    }

    boolean canEndWith(String ending) {
        return shape.map(pattern -> pattern.canEndWith(ending))
                .orElseGet(() -> written.text().endsWith(ending));
    }

    boolean canContain(String part) {
        return shape.map(pattern -> pattern.canContain(part))
                .orElseGet(() -> written.text().contains(part));
    }

    boolean canBe(String value) {
        return shape.map(pattern -> pattern.canBe(value))
                .orElseGet(() -> written.text().equals(value));
    }

    boolean isEverything() {
        return shape.map(PatternShape::matchesEverything).orElse(false);
    }

    /** What every accepted value starts with. */
    String start() {
        return shape.map(PatternShape::start).orElseGet(written::text);
    }
}
