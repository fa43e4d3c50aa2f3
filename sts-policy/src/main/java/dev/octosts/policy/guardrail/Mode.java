package dev.octosts.policy.guardrail;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.YamlReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** The effect on an exchange that a file of the organization does not permit. */
public enum Mode {
    /** It is refused. */
    ENFORCE,
    /** It goes on, and is recorded. */
    AUDIT;

    /** The name in files and events. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the value of {@code mode}; empty when it is not given. No word at all means {@link #ENFORCE}. */
    static Optional<Mode> read(Node value, YamlReader reader, Faults faults) {
        if (YamlReader.isNull(value)) {
            return Optional.empty();
        }
        String word = reader.word(value);
        return switch (word) {
            case "", "enforce" -> Optional.of(ENFORCE);
            case "audit" -> Optional.of(AUDIT);
            default -> {
                faults.at(
                        value,
                        DiagnosticCode.UNKNOWN_MODE,
                        "unknown mode %s; expected enforce or audit".formatted(GoQuoted.of(word)),
                        DidYouMean.to(word, List.of("enforce", "audit")));
                yield Optional.empty();
            }
        };
    }
}
