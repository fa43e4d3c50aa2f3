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
            Map.entry("issuer_url", "issuer"),
            Map.entry("issuer_uri", "issuer"),
            Map.entry("oidc_issuer", "issuer"),
            Map.entry("provider", "issuer"),
            Map.entry("issuer_regex", "issuer_pattern"),
            Map.entry("sub", "subject"),
            Map.entry("subj", "subject"),
            Map.entry("sub_pattern", "subject_pattern"),
            Map.entry("subject_regex", "subject_pattern"),
            Map.entry("aud", "audience"),
            Map.entry("audiences", "audience"),
            Map.entry("allowed_audiences", "audience"),
            Map.entry("aud_pattern", "audience_pattern"),
            Map.entry("claims", "claim_pattern"),
            Map.entry("claims_patterns", "claim_pattern"),
            Map.entry("claim_regex", "claim_pattern"),
            Map.entry("claim_match", "claim_pattern"),
            Map.entry("conditions", "claim_pattern"),
            Map.entry("perms", "permissions"),
            Map.entry("grants", "permissions"),
            Map.entry("scopes", "permissions"),
            Map.entry("permission_set", "permissions"),
            Map.entry("app_id", "app"),
            Map.entry("repos", "repositories"),
            Map.entry("repo", "repositories"),
            Map.entry("repository", "repositories"),
            Map.entry("repository_names", "repositories"));

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

    /** The key that an unknown one was probably meant to be; none for what has its place elsewhere. */
    static Optional<String> meant(String unknown) {
        if (Permissions.known().named(unknown).isPresent()) {
            return Optional.empty();
        }
        String folded = unknown.toLowerCase(Locale.ROOT).replace('-', '_');
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
