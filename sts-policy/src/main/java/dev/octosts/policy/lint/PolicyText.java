package dev.octosts.policy.lint;

import dev.octosts.policy.PolicyDocument;
import dev.octosts.policy.text.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes policies. */
public final class PolicyText {
    private PolicyText() {}

    public static String of(PolicyDocument document) {
        var text = new StringBuilder();
        document.texts().forEach((key, value) -> text.append(line(key, value)));
        block(text, "claim_pattern", document.claimPattern());
        list(text, "subjects", document.subjects());
        if (!document.claim().isEmpty()) {
            text.append("claim:\n");
            document.claim().forEach((name, accepted) -> text.append("  ").append(values(name, accepted)));
        }
        block(text, "permissions", document.permissions());
        list(text, "repositories", document.repositories());
        return text.toString();
    }

    public static String line(String key, String value) {
        return key + ": " + scalar(value) + "\n";
    }

    private static String scalar(String text) {
        // A quoted text has no line breaks and no control characters of its own.
        return text.chars().anyMatch(c -> c < ' ' || c == 0x7f)
                ? JsonWriter.write(text).strip()
                : Scalars.write(text);
    }

    private static void block(StringBuilder text, String key, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            text.append(key).append(":\n");
            entries.forEach((name, value) -> text.append("  ").append(line(scalar(name), value)));
        }
    }

    /** A line with the accepted values of a claim. */
    public static String values(String name, List<String> accepted) {
        return accepted.size() == 1
                ? line(scalar(name), accepted.getFirst())
                : scalar(name) + ": [" + accepted.stream().map(Scalars::quote).collect(Collectors.joining(", "))
                        + "]\n";
    }

    private static void list(StringBuilder text, String key, List<String> names) {
        if (!names.isEmpty()) {
            text.append(key).append(":\n");
            names.forEach(name -> text.append("  - ").append(scalar(name)).append('\n'));
        }
    }
}
