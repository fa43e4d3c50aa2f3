package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandFailure;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.Fix;
import java.util.Map;
import java.util.Stack;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say which fixes are applied, and whether they are only shown. */
final class FixOptions {

    private static final String PLAIN = "plain";
    private static final String UNSAFE = "unsafe";

    @Option(
            names = "--fix",
            arity = "0..1",
            paramLabel = "unsafe",
            preprocessor = OnlyAttached.class,
            description = "Apply the fixes that write what the file plainly says: the spelling of names, quotes,"
                    + " anchors. None of them lets a token in that the policy refuses. --fix=unsafe applies the"
                    + " suggestions, too, which may. Comments and layout stay; links are not followed.")
    @Nullable
    String fix;

    @Option(
            names = "--diff",
            description = "Show what the fixes would change, and the suggestions, and change nothing.")
    boolean diff;

    FixOptions() {}

    /** Which fixes to apply. */
    enum Extent {
        NONE,
        PLAIN,
        UNSAFE;

        /** Whether a fix of this extent may be applied for a finding. */
        Predicate<Diagnostic> applied() {
            return switch (this) {
                case NONE -> diagnostic -> false;
                case PLAIN -> Diagnostic::isPlainlyFixed;
                case UNSAFE ->
                    diagnostic -> diagnostic.fix().map(Fix::isMechanical).orElse(false);
            };
        }
    }

    Extent extent() throws CommandFailure {
        return switch (fix) {
            case null -> Extent.NONE;
            case "", PLAIN -> Extent.PLAIN;
            case UNSAFE -> Extent.UNSAFE;
            default ->
                throw new CommandFailure(
                        CommandFailure.USAGE, "--fix: write --fix, or --fix=unsafe for the suggestions, too");
        };
    }

    /** A word behind a blank is a path and not the option's value. */
    @SuppressWarnings("JdkObsolete") // picocli passes a stack
    static final class OnlyAttached implements IParameterPreprocessor {

        OnlyAttached() {}

        @Override
        public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (info.get("separator") instanceof String separator && !separator.isBlank()) {
                return false;
            }
            option.setValue("");
            return true;
        }
    }
}
