package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.Mode;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reports the warnings of a file whose guard rails allow none. */
public final class DeniedWarnings {
    private DeniedWarnings() {}

    /**
     * Checks the warnings of a file against guard rails: an error when they refuse warnings, a warning when they only
     * would. Empty when they allow them, when there are none, and when guard rails are not about this kind of file.
     *
     * @param rails the guard rails
     * @param whose the owner of the guard rails: "organization" or "service"
     * @param context of the file
     * @param warnings all of the file, in file order
     */
    public static Optional<Diagnostic> check(
            Guardrails rails, String whose, FileContext context, List<Diagnostic> warnings) {
        if (context.kind() != PolicyKind.REPOSITORY || warnings.isEmpty()) {
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
        Fix fix = Fix.advice("mend what they are about, or ask for an override in " + PolicyPaths.GUARDRAILS_NAME);
        return new Diagnostic(
                mode == Mode.ENFORCE ? DiagnosticCode.BEYOND_GUARDRAILS : DiagnosticCode.BEYOND_AUDITED_RULE,
                warnings.getFirst().place(),
                "the %s's guard rails allow no warnings, and there %s: %s; %s"
                        .formatted(
                                whose, warnings.size() == 1 ? "is one" : "are " + warnings.size(), codes, fix.advice()),
                Optional.of(fix));
    }
}
