package dev.octosts.policy.lint;

import dev.octosts.policy.Document;
import java.util.List;
import java.util.Map;

/** Writes policies. */
final class PolicyText {
    private PolicyText() {}

    static String of(Document document) {
        var text = new StringBuilder();
        document.texts().forEach((key, value) -> text.append(line(key, value)));
        block(text, "claim_pattern", document.claimPattern());
        block(text, "permissions", document.permissions());
        list(text, document.repositories());
        return text.toString();
    }

    static String line(String key, String value) {
        return key + ": " + scalar(value) + "\n";
    }

    private static String scalar(String text) {
        // A quoted text has no line breaks and no control characters of its own.
        return text.chars().anyMatch(c -> c < ' ' || c == 0x7f)
                ? Json.write(text).strip()
                : Scalars.write(text);
    }

    private static void block(StringBuilder text, String key, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            text.append(key).append(":\n");
            entries.forEach((name, value) -> text.append("  ").append(line(scalar(name), value)));
        }
    }

    private static void list(StringBuilder text, List<String> names) {
        if (!names.isEmpty()) {
            text.append("repositories:\n");
            names.forEach(name -> text.append("  - ").append(scalar(name)).append('\n'));
        }
    }
}
