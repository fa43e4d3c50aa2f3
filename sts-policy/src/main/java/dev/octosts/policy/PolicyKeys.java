package dev.octosts.policy;

import dev.octosts.policy.text.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys of a policy file. */
public final class PolicyKeys {
    private static final Pattern HUMP = Pattern.compile("([a-z])([A-Z])");

    /** The keys that take one text. */
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

    /** Other names that people use for the keys. */
    private static final Map<String, String> ALSO_CALLED = Map.ofEntries(
            Map.entry("iss", "issuer"),
            Map.entry("issuer_url", "issuer"),
            Map.entry("issuer_uri", "issuer"),
            Map.entry("oidc_issuer", "issuer"),
            Map.entry("provider", "issuer"),
            Map.entry("trusted_issuer", "issuer"),
            Map.entry("issuer_regex", "issuer_pattern"),
            Map.entry("sub", "subject"),
            Map.entry("subj", "subject"),
            Map.entry("subject_claim", "subject"),
            Map.entry("bound_subject", "subject"),
            Map.entry("principal", "subject"),
            Map.entry("sub_pattern", "subject_pattern"),
            Map.entry("subject_regex", "subject_pattern"),
            Map.entry("aud", "audience"),
            Map.entry("audiences", "audience"),
            Map.entry("allowed_audiences", "audience"),
            Map.entry("bound_audiences", "audience"),
            Map.entry("client_id", "audience"),
            Map.entry("client_ids", "audience"),
            Map.entry("aud_pattern", "audience_pattern"),
            Map.entry("claims", "claim_pattern"),
            Map.entry("claims_patterns", "claim_pattern"),
            Map.entry("claim_regex", "claim_pattern"),
            Map.entry("claim_match", "claim_pattern"),
            Map.entry("claim_matches", "claim_pattern"),
            Map.entry("bound_claims", "claim_pattern"),
            Map.entry("condition", "claim_pattern"),
            Map.entry("conditions", "claim_pattern"),
            Map.entry("attribute_condition", "claim_pattern"),
            Map.entry("perms", "permissions"),
            Map.entry("grants", "permissions"),
            Map.entry("scopes", "permissions"),
            Map.entry("permission_set", "permissions"),
            Map.entry("app_id", "app"),
            Map.entry("repos", "repositories"),
            Map.entry("repo", "repositories"),
            Map.entry("repository", "repositories"),
            Map.entry("repository_names", "repositories"));

    /** Claims that people mistake for keys. */
    private static final Set<String> CLAIMS = Set.of(
            "actor",
            "actor_id",
            "base_ref",
            "email",
            "environment",
            "event_name",
            "head_ref",
            "job_workflow_ref",
            "namespace_path",
            "project_path",
            "ref",
            "ref_protected",
            "ref_type",
            "repository_id",
            "repository_owner",
            "repository_owner_id",
            "repository_visibility",
            "runner_environment",
            "workflow",
            "workflow_ref");

    /** Keys of other formats. This format has their meaning elsewhere or not at all. */
    private static final Map<String, String> NOT_SAID = Map.ofEntries(
            Map.entry("name", "remove it, the file's name is the identity"),
            Map.entry("identity", "remove it, the file's name is the identity"),
            Map.entry("description", "write it as a comment, behind a #"),
            Map.entry("comment", "write it as a comment, behind a #"),
            Map.entry("scope", "remove it, the repository that holds the file is the scope"),
            Map.entry("branch", "the branch is the claim ref, refs/heads/NAME, and stands below claim_pattern"),
            Map.entry("ttl", "remove it, GitHub's tokens live for an hour"),
            Map.entry("expires", "remove it, GitHub's tokens live for an hour"),
            Map.entry("expiry", "remove it, GitHub's tokens live for an hour"),
            Map.entry("expiration", "remove it, GitHub's tokens live for an hour"),
            Map.entry("lifetime", "remove it, GitHub's tokens live for an hour"),
            Map.entry("version", "remove it, the format has no version"),
            Map.entry("api_version", "remove it, the format has no version"),
            Map.entry("kind", "remove it, the file's name says what it is"),
            Map.entry("$schema", "write it as a comment: # yaml-language-server: $schema=ADDRESS"));

    private PolicyKeys() {}

    /** The key that an unknown key was probably meant to be; none when its meaning belongs elsewhere. */
    static Optional<String> meant(String unknown) {
        String folded = fold(unknown);
        if (Permissions.known().named(unknown).isPresent()
                || CLAIMS.contains(unknown)
                || NOT_SAID.containsKey(folded)) {
            return Optional.empty();
        }
        return ALSO_CALLED.containsKey(folded) ? Optional.of(ALSO_CALLED.get(folded)) : DidYouMean.to(unknown, ALL);
    }

    /** The place where an unknown key belongs instead. */
    static String whereElse(String unknown) {
        if (Permissions.known().named(unknown).isPresent()) {
            return "; it is a permission, and stands below permissions";
        }
        if (CLAIMS.contains(unknown)) {
            return "; it is a claim, and stands below claim_pattern";
        }
        String elsewhere = NOT_SAID.get(fold(unknown));
        return elsewhere != null ? "; " + elsewhere : "; known are " + String.join(", ", ALL);
    }

    /** {@code subjectRegex} and {@code subject-regex} are {@code subject_regex}. */
    private static String fold(String key) {
        return HUMP.matcher(key).replaceAll("$1_$2").toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
