package dev.octosts.app.playground;

import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.Fix;
import dev.octosts.policy.lint.Fix.Edit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts diagnostics to the answers of the playground's page. */
final class Findings {

    private static final int MAXIMUM = 100;

    private Findings() {}

    /**
     * At most as many diagnostics as a user reads at once, in file order; when there are more, the most severe ones.
     */
    static List<Map<String, Object>> of(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .sorted(Comparator.comparing(Diagnostic::severity))
                .limit(MAXIMUM)
                .sorted()
                .map(Findings::of)
                .toList();
    }

    private static Map<String, Object> of(Diagnostic diagnostic) {
        var finding = new LinkedHashMap<String, Object>();
        finding.put("code", diagnostic.code().id());
        finding.put("severity", diagnostic.severity().wireName());
        finding.put("message", diagnostic.message());
        finding.put("start", of(diagnostic.place().start()));
        finding.put("end", of(diagnostic.place().end()));
        diagnostic.fix().filter(Fix::isMechanical).ifPresent(fix -> finding.put("fix", of(fix)));
        return finding;
    }

    private static Map<String, Object> of(Position position) {
        return Map.of("line", position.line(), "column", position.column(), "offset", position.offset());
    }

    private static Map<String, Object> of(Fix fix) {
        return Map.of(
                "advice",
                fix.advice(),
                "edits",
                fix.edits().stream().map(Findings::of).toList());
    }

    private static Map<String, Object> of(Edit edit) {
        return Map.of("start", edit.start(), "end", edit.end(), "replacement", edit.replacement());
    }
}
