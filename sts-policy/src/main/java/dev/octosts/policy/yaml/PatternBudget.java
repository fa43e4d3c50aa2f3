package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.pattern.PatternFault;
import dev.octosts.policy.pattern.TextPattern;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Compiles the patterns of a file until they are too large together. Anyone can write a file, so the cost of compiling
 * its patterns and of keeping them has a common bound.
 */
public final class PatternBudget {
    /** Bytes of memory. */
    private static final int MAX_WEIGHT = 4 << 20;
    /** Characters and repetitions: twenty times as much as any file in the field has. */
    private static final int MAX_SIZE = 16_384;
    /** The size that a pattern counts for at least. */
    private static final int EACH = 64;
    /** With a subject of 1024 characters these are about 6 ms. */
    private static final int MAX_STEPS_PER_CHARACTER = 2000;

    private final Faults faults;
    private final int maxSteps;
    private int weight;
    private long size;
    private long steps;
    private boolean spent;

    private PatternBudget(Faults faults, int maxSteps) {
        this.faults = faults;
        this.maxSteps = maxSteps;
    }

    /** For a trust policy, whose evaluation has a budget of its own ({@code EvaluationBudget}). */
    public static PatternBudget ofPolicy(Faults faults) {
        return new PatternBudget(faults, Integer.MAX_VALUE);
    }

    /** For a file whose patterns are matched without a budget: each of its patterns always gets its answer. */
    public static PatternBudget ofRules(Faults faults) {
        return new PatternBudget(faults, MAX_STEPS_PER_CHARACTER);
    }

    /** Bytes that the patterns take so far. */
    public int weight() {
        return weight;
    }

    /**
     * Compiles a pattern. Empty, with a fault, when it does not compile or when the budget is spent.
     *
     * @param written where the fault is
     * @param what the pattern in a sentence
     */
    public Optional<TextPattern> compile(String text, Node written, String what) {
        size += EACH + text.length();
        if (isSpent(written)) {
            return Optional.empty();
        }
        try {
            TextPattern pattern = TextPattern.compile(text);
            size += pattern.size();
            weight += pattern.weight();
            steps += pattern.stepsPerCharacter();
            return isSpent(written) ? Optional.empty() : Optional.of(pattern);
        } catch (PatternFault e) {
            faults.at(written, code(e), "%s does not compile: %s".formatted(what, e.explanation()));
            return Optional.empty();
        }
    }

    private static DiagnosticCode code(PatternFault fault) {
        return switch (fault.kind()) {
            case SYNTAX -> DiagnosticCode.BAD_PATTERN;
            case LOOK_AROUND -> DiagnosticCode.LOOK_AROUND;
            case BACK_REFERENCE -> DiagnosticCode.BACK_REFERENCE;
            case TOO_LARGE -> DiagnosticCode.PATTERN_TOO_LARGE;
        };
    }

    /** Whether the budget is spent; the fault about it is reported once. */
    private boolean isSpent(Node written) {
        if (!spent && (size > MAX_SIZE || weight > MAX_WEIGHT || steps > maxSteps)) {
            spent = true;
            faults.at(written, DiagnosticCode.PATTERN_TOO_LARGE, "the patterns up to here are too large together");
        }
        return spent;
    }
}
