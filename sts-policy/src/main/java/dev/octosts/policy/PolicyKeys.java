package dev.octosts.policy;

import dev.octosts.policy.text.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of a policy file. */
public final class PolicyKeys {
    /** Those that take one text. */
    public static final List<String> TEXTS = List.of(
            "issuer",
            "issuer_pattern",
            "subject",
            "subject_pattern",
            "audience",
            "audience_pattern",
            "app",
            "app_pattern");

    /** All of them. */
    public static final List<String> ALL = Stream.concat(
                    TEXTS.stream(), Stream.of("subjects", "claim_pattern", "claim", "permissions", "repositories"))
            .toList();

    /** What people write who know the thing but not its name here. */
    private static final Map<String, String> ALSO_CALLED = Map.ofEntries(
            Map.entry("iss", "issuer"),
            Map.entry("sub", "subject"),
            Map.entry("aud", "audience"),
            Map.entry("audiences", "audience"),
            Map.entry("claims", "claim_pattern"),
            Map.entry("claims_patterns", "claim_pattern"),
            Map.entry("repos", "repositories"),
            Map.entry("repo", "repositories"),
            Map.entry("repository", "repositories"));

    /** Claims that people take for keys. */
    private static final Set<String> CLAIMS = Set.of(
            "actor",
            "base_ref",
            "email",
            "environment",
            "event_name",
            "head_ref",
            "job_workflow_ref",
            "namespace_path",
            "project_path",
            "ref",
            "ref_type",
            "repository_owner",
            "workflow_ref");

    private PolicyKeys() {}

    /** The key that an unknown one was probably meant to be. */
    static Optional<String> meant(String unknown) {
        String folded = unknown.toLowerCase(Locale.ROOT);
        return ALSO_CALLED.containsKey(folded) ? Optional.of(ALSO_CALLED.get(folded)) : Nearest.to(unknown, ALL);
    }

    /** Where an unknown key belongs instead. */
    static String whereElse(String unknown) {
        if (Permissions.known().named(unknown).isPresent()) {
            return "; it is a permission, and stands below permissions";
        }
        if (CLAIMS.contains(unknown)) {
            return "; it is a claim, and stands below claim_pattern";
        }
        return "; known are " + String.join(", ", ALL);
    }
}
