package dev.octosts.policy.guardrail;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.Lists;
import dev.octosts.policy.yaml.SourceEntry;
import dev.octosts.policy.yaml.Tags;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads values that are one word of two. */
final class Words {
    private Words() {}

    /** Empty when it is not given; no word at all means the first one. */
    static Optional<Mode> mode(Node value, Faults faults) {
        if (Lists.isNull(value)) {
            return Optional.empty();
        }
        String text = text(value, faults);
        return switch (text) {
            case "", "enforce" -> Optional.of(Mode.ENFORCE);
            case "audit" -> Optional.of(Mode.AUDIT);
            default -> {
                faults.at(
                        value,
                        DiagnosticCode.UNKNOWN_MODE,
                        "unknown mode %s; expected enforce or audit".formatted(GoQuoted.of(text)),
                        DidYouMean.to(text, List.of("enforce", "audit")));
                yield Optional.empty();
            }
        };
    }

    /** Empty when it is not given, or when it is neither word. */
    static Optional<Boolean> allowed(SourceEntry entry, Faults faults) {
        if (Lists.isNull(entry.value())) {
            return Optional.empty();
        }
        String text = text(entry.value(), faults);
        return switch (text) {
            case "allow" -> Optional.of(true);
            case "deny" -> Optional.of(false);
            default -> {
                faults.at(
                        entry.value(),
                        DiagnosticCode.ALLOW_OR_DENY,
                        "%s is %s; expected allow or deny".formatted(entry.name(), GoQuoted.of(text)),
                        DidYouMean.to(text, List.of("allow", "deny")));
                yield Optional.empty();
            }
        };
    }

    private static String text(Node value, Faults faults) {
        Tags.check(value, faults);
        return value instanceof ScalarNode scalar ? scalar.getValue() : "a list or a mapping";
    }
}
