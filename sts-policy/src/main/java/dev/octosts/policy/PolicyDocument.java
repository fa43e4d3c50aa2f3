package dev.octosts.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a policy file as written. Maps are in file order.
 *
 * @param texts the keys with a single text ({@code issuer}, {@code subject_pattern}, …) that are given
 * @param claimPattern empty when not given
 * @param subjects accepted subjects; empty when not given
 * @param claim accepted values by claim; empty when not given
 * @param permissions level by permission name
 * @param repositories empty when not given
 */
public record PolicyDocument(
        Map<String, String> texts,
        Map<String, String> claimPattern,
        List<String> subjects,
        Map<String, List<String>> claim,
        Map<String, String> permissions,
        List<String> repositories) {
    public PolicyDocument {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        claimPattern = Collections.unmodifiableMap(new LinkedHashMap<>(claimPattern));
        subjects = List.copyOf(subjects);
        var values = new LinkedHashMap<String, List<String>>();
        claim.forEach((name, accepted) -> values.put(name, List.copyOf(accepted)));
        claim = Collections.unmodifiableMap(values);
        permissions = Collections.unmodifiableMap(new LinkedHashMap<>(permissions));
        repositories = List.copyOf(repositories);
    }

    /** A document without lists of subjects and exact claims. */
    public PolicyDocument(
            Map<String, String> texts,
            Map<String, String> claimPattern,
            Map<String, String> permissions,
            List<String> repositories) {
        this(texts, claimPattern, List.of(), Map.of(), permissions, repositories);
    }

    /** The keys of the file with their values: texts, maps and lists. Keys that are not given are left out. */
    public Map<String, Object> keys() {
        var keys = new LinkedHashMap<String, Object>(texts);
        if (!claimPattern.isEmpty()) {
            keys.put("claim_pattern", claimPattern);
        }
        if (!subjects.isEmpty()) {
            keys.put("subjects", subjects);
        }
        if (!claim.isEmpty()) {
            keys.put("claim", claim);
        }
        keys.put("permissions", permissions);
        if (!repositories.isEmpty()) {
            keys.put("repositories", repositories);
        }
        return keys;
    }

    /** The key of the file that a rule comes from, such as {@code subject_pattern} or {@code claim_pattern.ref}. */
    public String key(Rule rule) {
        return switch (rule.aspect()) {
            case CLAIM -> (rule.pattern() ? "claim_pattern." : "claim.") + rule.name();
            case SUBJECT -> !subjects.isEmpty() ? "subjects" : rule.name() + (rule.pattern() ? "_pattern" : "");
            case ISSUER, AUDIENCE -> rule.name() + (rule.pattern() ? "_pattern" : "");
        };
    }

    public @Nullable String issuer() {
        return texts.get("issuer");
    }

    public @Nullable String issuerPattern() {
        return texts.get("issuer_pattern");
    }

    public @Nullable String subject() {
        return texts.get("subject");
    }

    public @Nullable String subjectPattern() {
        return texts.get("subject_pattern");
    }

    public @Nullable String audience() {
        return texts.get("audience");
    }

    public @Nullable String audiencePattern() {
        return texts.get("audience_pattern");
    }

    public @Nullable String app() {
        return texts.get("app");
    }

    public @Nullable String appPattern() {
        return texts.get("app_pattern");
    }
}
