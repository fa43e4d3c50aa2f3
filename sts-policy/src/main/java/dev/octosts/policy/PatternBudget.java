package dev.octosts.policy;

import dev.octosts.policy.pattern.PatternFault;
import dev.octosts.policy.pattern.TextPattern;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Compiles the patterns of a file as long as they are not too large together. */
final class PatternBudget {
    private static final int MAX_WEIGHT = 4 << 20;

    private final Faults faults;
    private int weight;

    PatternBudget(Faults faults) {
        this.faults = faults;
    }

    /** Bytes that the patterns take so far. */
    int weight() {
        return weight;
    }

    /** Empty when it does not compile, or when enough have been compiled. */
    Optional<TextPattern> compile(ScalarNode written) {
        if (weight > MAX_WEIGHT) {
            String found = "the patterns up to here are too large together";
            faults.at(written, DiagnosticCode.PATTERN_TOO_LARGE, found);
            return Optional.empty();
        }
        try {
            TextPattern pattern = TextPattern.compile(written.getValue());
            weight += pattern.weight();
            return Optional.of(pattern);
        } catch (PatternFault e) {
            faults.at(written, PatternFaults.code(e), "the pattern does not compile: " + e.explanation());
            return Optional.empty();
        }
    }
}
