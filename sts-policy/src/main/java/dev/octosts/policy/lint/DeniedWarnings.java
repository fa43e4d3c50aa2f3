package dev.octosts.policy.lint;

import dev.octosts.policy.DiagnosticCode;
import dev.octosts.policy.Guardrails;
import dev.octosts.policy.Mode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reports the warnings of a file whose guard rails allow none. */
public final class DeniedWarnings {
    private DeniedWarnings() {}

    /**
     * What guard rails say of the warnings of a file: an error when they refuse them, a warning when they only would;
     * empty when they allow them, when there are none, and when the file is none that guard rails are about.
     *
     * @param rails what they say
     * @param whose whose they are: "organization" or "service"
     * @param context of the file
     * @param warnings all of the file, in file order
     */
    public static Optional<Diagnostic> check(
            Guardrails rails, String whose, FileContext context, List<Diagnostic> warnings) {
        if (context.kind() != FileKind.REPOSITORY || warnings.isEmpty()) {
            return Optional.empty();
        }
        return rails.deniedWarnings(
                        context.owner().orElse(""), context.repository().orElse(""))
                .map(mode -> diagnostic(mode, whose, warnings));
    }

    private static Diagnostic diagnostic(Mode mode, String whose, List<Diagnostic> warnings) {
        String codes = warnings.stream()
                .map(Diagnostic::code)
                .distinct()
                .sorted(Comparator.comparing(DiagnosticCode::id))
                .map(DiagnosticCode::id)
                .collect(Collectors.joining(", "));
        Fix fix = Fix.advice("mend what they are about, or ask for an override in " + FileNames.GUARDRAILS);
        return new Diagnostic(
                mode == Mode.ENFORCE ? DiagnosticCode.BEYOND_GUARDRAILS : DiagnosticCode.BEYOND_AUDITED_RULE,
                warnings.getFirst().place(),
                "the %s's guard rails allow no warnings, and there %s: %s; %s"
                        .formatted(
                                whose, warnings.size() == 1 ? "is one" : "are " + warnings.size(), codes, fix.advice()),
                Optional.of(fix));
    }
}
