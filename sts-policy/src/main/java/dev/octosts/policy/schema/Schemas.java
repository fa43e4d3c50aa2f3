package dev.octosts.policy.schema;

import dev.octosts.policy.Level;
import dev.octosts.policy.Permissions;
import dev.octosts.policy.PolicyKeys;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.text.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON Schemas of the files, made of the tables that the engine itself reads, so that the two cannot drift apart.
 *
 * @see <a href="https://json-schema.org/draft/2020-12">JSON Schema 2020-12</a>
 */
public final class Schemas {
    /** A number or a boolean is taken as it is written, too. */
    private static final List<String> TEXT = List.of("string", "number", "boolean");

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
            Map.entry("app", "Id or slug of the GitHub App that serves this policy."),
            Map.entry("app_pattern", "RE2 pattern for the whole slug of the GitHub App that serves this policy."),
            Map.entry("claim_pattern", "RE2 patterns for further claims; each must be there and match as a whole."),
            Map.entry("permissions", "What the token may do."),
            Map.entry("repositories", "Which repositories it may do it to, without their owner; none means all."),
            Map.entry("mode", "enforce refuses tokens of issuers that are not listed, audit records them."),
            Map.entry("issuers", "Trusted issuers, exactly."),
            Map.entry("issuer_patterns", "RE2 patterns that a whole issuer must match."));

    private static final Map<String, String> RAIL_DESCRIPTIONS = Map.ofEntries(
            Map.entry("mode", "enforce refuses grants that go beyond a rule, audit records them."),
            Map.entry("repository_policies", "deny: only policies of the organization grant."),
            Map.entry("max_permissions", "The highest level of each permission; what is not named is not granted."),
            Map.entry("denied_permissions", "Permissions that are not granted at any level."),
            Map.entry(
                    "organization_permissions",
                    "deny: policies of repositories grant nothing that is about more than a repository."),
            Map.entry("self_rewrite", "deny: no policy lets its receiver change the repository that holds it."),
            Map.entry("subject_patterns", "deny: policies name their subjects exactly."),
            Map.entry("warnings", "deny: a review of policies fails on warnings, too."),
            Map.entry("issuers", "What is asked of tokens of certain issuers, and of the policies that accept them."),
            Map.entry("issuer", "Which issuer, exactly."),
            Map.entry("issuer_pattern", "RE2 pattern that the whole issuer matches."),
            Map.entry("owners", "Accepted values of the claim repository_owner."),
            Map.entry("subjects", "RE2 patterns of which the whole subject must match one."),
            Map.entry("required_claims", "Claims that a policy must check."),
            Map.entry("overrides", "What holds instead for some repositories; the last that says something wins."),
            Map.entry("repositories", "Names or owner/names of repositories, with * and ? for any characters."));

    private Schemas() {}

    /** Every schema by file name. */
    public static Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        all.put("trust-policy.json", of(FileKind.REPOSITORY));
        all.put("organization-policy.json", of(FileKind.ORGANIZATION));
        all.put("trusted-token-issuers.json", of(FileKind.TRUSTED_ISSUERS));
        all.put("guardrails.json", of(FileKind.GUARDRAILS));
        return all;
    }

    /** The schema of a kind of file. */
    public static String of(FileKind kind) {
        return JsonWriter.write(
                switch (kind) {
                    case REPOSITORY -> policy("Trust policy of a repository", false);
                    case ORGANIZATION -> policy("Trust policy of an organization", true);
                    case TRUSTED_ISSUERS -> trustedIssuers();
                    case GUARDRAILS -> guardrails();
                });
    }

    private static Map<String, Object> policy(String title, boolean organization) {
        var properties = new LinkedHashMap<String, Object>();
        for (String key : PolicyKeys.ALL) {
            if (!key.equals("repositories") || organization) {
                properties.put(key, described(key, policyKey(key)));
            }
        }
        Map<String, Object> schema = object(title, properties);
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

    private static Map<String, Object> permissions() {
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

    private static Map<String, Object> trustedIssuers() {
        var properties = new LinkedHashMap<String, Object>();
        for (String key : TrustedIssuers.KEYS) {
            properties.put(key, described(key, trustedKey(key)));
        }
        Map<String, Object> schema = object("Issuers that an organization trusts", properties);
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

    private static Map<String, Object> guardrails() {
        return object("Guard rails of an organization", rails(Guardrails.KEYS));
    }

    private static Map<String, Object> rails(List<String> keys) {
        var properties = new LinkedHashMap<String, Object>();
        for (String key : keys) {
            var described = new LinkedHashMap<String, Object>();
            described.put("description", RAIL_DESCRIPTIONS.getOrDefault(key, key));
            described.putAll(rail(key));
            properties.put(key, described);
        }
        return properties;
    }

    private static Map<String, Object> rail(String key) {
        return switch (key) {
            case "mode" -> oneOf("enforce", "audit", "");
            case "repository_policies", "organization_permissions", "self_rewrite", "subject_patterns", "warnings" ->
                oneOf("allow", "deny");
            case "max_permissions" -> maximum();
            case "denied_permissions" -> {
                Map<String, Object> list = type("array");
                list.put("items", Map.of("enum", List.copyOf(Permissions.known().names())));
                yield list;
            }
            case "issuers" -> listOf(Guardrails.ISSUER_KEYS, List.of());
            case "overrides" -> listOf(Guardrails.OVERRIDE_KEYS, List.of("repositories"));
            case "issuer", "issuer_pattern" -> type("string");
            default -> list("array");
        };
    }

    private static Map<String, Object> maximum() {
        Map<String, Object> maximum = type("object");
        maximum.put(
                "propertyNames", Map.of("enum", List.copyOf(Permissions.known().names())));
        maximum.put("additionalProperties", oneOf("read", "write", "admin"));
        maximum.put("minProperties", 1);
        return maximum;
    }

    private static Map<String, Object> listOf(List<String> keys, List<String> required) {
        Map<String, Object> item = type("object");
        item.put("properties", rails(keys));
        if (!required.isEmpty()) {
            item.put("required", required);
        }
        item.put("additionalProperties", false);
        Map<String, Object> list = type("array");
        list.put("items", item);
        return list;
    }

    private static Map<String, Object> oneOf(String... words) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("enum", List.of(words));
        return schema;
    }

    private static Map<String, Object> object(String title, Map<String, Object> properties) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
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

    private static Map<String, Object> required(String key) {
        return Map.of("required", List.of(key));
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

    private static Map<String, Object> list(Object type) {
        Map<String, Object> list = type(type);
        list.put("items", Map.of("type", TEXT));
        return list;
    }

    private static Map<String, Object> type(Object type) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", type);
        return schema;
    }
}
