package dev.octosts.policy.schema;

import static dev.octosts.policy.schema.SchemaParts.TEXT;
import static dev.octosts.policy.schema.SchemaParts.list;
import static dev.octosts.policy.schema.SchemaParts.oneOf;
import static dev.octosts.policy.schema.SchemaParts.required;
import static dev.octosts.policy.schema.SchemaParts.root;
import static dev.octosts.policy.schema.SchemaParts.type;

import dev.octosts.policy.Level;
import dev.octosts.policy.Permissions;
import dev.octosts.policy.PolicyKeys;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.GovernanceKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.text.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON Schemas of the files, made of the tables that the engine itself reads, so that the two cannot drift apart.
 *
 * <p>Draft 7 is what every editor understands.
 *
 * @see <a href="https://json-schema.org/draft-07">JSON Schema draft 7</a>
 */
public final class Schemas {
    /** Where the schemas are on the Web, with a slash at the end: their names never change. */
    public static final String ADDRESS = "https://raw.githubusercontent.com/octo-sts/octo-sts-java/main/docs/schema/";

    /** The name of the schema of policy tests. */
    public static final String POLICY_TESTS = "policy-tests.json";

    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("issuer", "Who issued the token: its claim iss, exactly."),
            Map.entry("issuer_pattern", "RE2 pattern that the whole claim iss must match."),
            Map.entry("subject", "Whose token it is: its claim sub, exactly."),
            Map.entry("subject_pattern", "RE2 pattern that the whole claim sub must match."),
            Map.entry("subjects", "Whose token it may be: its claim sub is exactly one of these."),
            Map.entry(
                    "claim",
                    "Further claims; each must be there, and be one of the values (in a list: have one of them). A key that starts with / is a JSON pointer."),
            Map.entry("audience", "An audience of the token, exactly. Without any, it is this service."),
            Map.entry("audience_pattern", "RE2 pattern that a whole audience of the token must match."),
            Map.entry("app", "Name or id of the GitHub App that serves this policy."),
            Map.entry("app_pattern", "RE2 pattern for the whole name of the GitHub App that serves this policy."),
            Map.entry("claim_pattern", "RE2 patterns for further claims; each must be there and match as a whole."),
            Map.entry("permissions", "What the token may do."),
            Map.entry("repositories", "Which repositories it may do it to, without their owner; none means all."),
            Map.entry("mode", "enforce refuses tokens of issuers that are not listed, audit records them."),
            Map.entry("issuers", "Trusted issuers, exactly."),
            Map.entry("issuer_patterns", "RE2 patterns that a whole issuer must match."));

    private Schemas() {}

    /** Every schema by file name. */
    public static Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        for (FileKind kind : FileKind.all()) {
            all.put(name(kind), of(kind));
        }
        all.put(POLICY_TESTS, JsonWriter.write(PolicyTestSchema.of(POLICY_TESTS)));
        return all;
    }

    /** The file name of the schema of a kind of file. */
    public static String name(FileKind kind) {
        return switch (kind) {
            case PolicyKind.REPOSITORY -> "trust-policy.json";
            case PolicyKind.ORGANIZATION -> "organization-policy.json";
            case GovernanceKind.TRUSTED_ISSUERS -> "trusted-token-issuers.json";
            case GovernanceKind.GUARDRAILS -> "guardrails.json";
        };
    }

    /** The schema of a kind of file. */
    public static String of(FileKind kind) {
        return JsonWriter.write(
                switch (kind) {
                    case PolicyKind.REPOSITORY -> policy(name(kind), "Trust policy of a repository", false);
                    case PolicyKind.ORGANIZATION -> policy(name(kind), "Trust policy of an organization", true);
                    case GovernanceKind.TRUSTED_ISSUERS -> trustedIssuers(name(kind));
                    case GovernanceKind.GUARDRAILS -> GuardrailSchema.of(name(kind));
                });
    }

    private static Map<String, Object> policy(String name, String title, boolean organization) {
        var properties = new LinkedHashMap<String, Object>();
        for (String key : PolicyKeys.ALL) {
            if (!key.equals("repositories") || organization) {
                properties.put(key, described(key, policyKey(key)));
            }
        }
        Map<String, Object> schema = root(name, title, properties);
        schema.put("required", List.of("permissions"));
        schema.put("allOf", List.of(exactlyOne("issuer"), exactlyOneSubject(), notBoth("audience"), notBoth("app")));
        return schema;
    }

    private static Map<String, Object> policyKey(String key) {
        return switch (key) {
            case "claim_pattern" -> {
                var claims = type(List.of("object", "null"));
                claims.put("additionalProperties", Map.of("type", TEXT));
                yield claims;
            }
            case "claim" -> {
                var claims = type(List.of("object", "null"));
                claims.put("additionalProperties", Map.of("anyOf", List.of(type(TEXT), values())));
                yield claims;
            }
            case "subjects" -> values();
            case "permissions" -> permissions();
            case "repositories" -> list(List.of("array", "null"));
            default -> type(TEXT);
        };
    }

    /** The permissions of GitHub, with the levels that each has. */
    static Map<String, Object> permissions() {
        var properties = new LinkedHashMap<String, Object>();
        for (String name : Permissions.known().names()) {
            Permissions.known().named(name).ifPresent(permission -> {
                var schema = new LinkedHashMap<String, Object>();
                List<String> levels = permission.levels().stream()
                        .sorted()
                        .map(Level::wireName)
                        .toList();
                String scope = permission.scope().name().toLowerCase(Locale.ROOT);
                schema.put(
                        "description",
                        "%s permission: %s"
                                .formatted(
                                        scope.substring(0, 1).toUpperCase(Locale.ROOT) + scope.substring(1),
                                        levels.stream().collect(Collectors.joining(" or "))));
                schema.put("enum", levels);
                properties.put(name, schema);
            });
        }
        var schema = type("object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        schema.put("minProperties", 1);
        return schema;
    }

    private static Map<String, Object> trustedIssuers(String name) {
        var properties = new LinkedHashMap<String, Object>();
        for (String key : TrustedIssuers.KEYS) {
            properties.put(key, described(key, trustedKey(key)));
        }
        Map<String, Object> schema = root(name, "Issuers that an organization trusts", properties);
        schema.put("anyOf", List.of(given("issuers"), given("issuer_patterns")));
        return schema;
    }

    private static Map<String, Object> trustedKey(String key) {
        if (key.equals("mode")) {
            return oneOf("enforce", "audit", "");
        }
        boolean patterns = key.equals("issuer_patterns");
        Map<String, Object> list = list(List.of("array", "null"));
        list.put("maxItems", patterns ? TrustedIssuers.MAX_PATTERNS : TrustedIssuers.MAX_ISSUERS);
        var item = type("string");
        item.put("maxLength", patterns ? TrustedIssuers.MAX_PATTERN_LENGTH : 255);
        list.put("items", item);
        return list;
    }

    private static Map<String, Object> described(String key, Map<String, Object> schema) {
        var described = new LinkedHashMap<String, Object>();
        described.put("description", DESCRIPTIONS.getOrDefault(key, key));
        described.putAll(schema);
        return described;
    }

    private static Map<String, Object> exactlyOne(String key) {
        return Map.of("oneOf", List.of(required(key), required(key + "_pattern")));
    }

    private static Map<String, Object> exactlyOneSubject() {
        return Map.of("oneOf", List.of(required("subject"), required("subjects"), required("subject_pattern")));
    }

    /** Texts, at least one. */
    private static Map<String, Object> values() {
        Map<String, Object> values = list("array");
        values.put("minItems", 1);
        values.put("maxItems", 100);
        return values;
    }

    private static Map<String, Object> notBoth(String key) {
        return Map.of("not", Map.of("required", List.of(key, key + "_pattern")));
    }

    private static Map<String, Object> given(String key) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("properties", Map.of(key, atLeastOne()));
        schema.put("required", List.of(key));
        return schema;
    }

    private static Map<String, Object> atLeastOne() {
        var list = type("array");
        list.put("minItems", 1);
        return list;
    }
}
