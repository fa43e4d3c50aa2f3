package dev.octosts.policy.lint;

import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.yaml.YamlSource;
import java.util.List;
import java.util.Optional;

/**
 * The values that a rule accepts.
 *
 * @param written the rule
 * @param shape of its pattern; empty for an exact value
 */
record AcceptedValues(YamlSource written, Optional<PatternShape> shape) {
    boolean canStartWith(String beginning) {
        return shape.map(pattern -> pattern.canStartWith(beginning))
                .orElseGet(() -> written.text().startsWith(beginning));
    }

    boolean canEndWith(String ending) {
        return shape.map(pattern -> pattern.canEndWith(ending))
                .orElseGet(() -> written.text().endsWith(ending));
    }

    /** Whether a value can consist of these parts with anything but slashes and colons between them. */
    boolean canConsistOf(String... parts) {
        return shape.map(pattern -> pattern.canConsistOf(List.of(parts), "/:"))
                .orElseGet(() ->
                        written.text().startsWith(parts[0]) && written.text().endsWith(parts[parts.length - 1]));
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

    /** The one value that is accepted; empty when there are more. */
    Optional<String> only() {
        return shape.isPresent() ? shape.flatMap(PatternShape::onlyValue) : Optional.of(written.text());
    }

    /** The text that every accepted value starts with. */
    String start() {
        return shape.map(PatternShape::start).orElseGet(written::text);
    }
}
