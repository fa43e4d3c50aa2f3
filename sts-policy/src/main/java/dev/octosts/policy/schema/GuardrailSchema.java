package dev.octosts.policy.schema;

import static dev.octosts.policy.schema.SchemaParts.described;
import static dev.octosts.policy.schema.SchemaParts.list;
import static dev.octosts.policy.schema.SchemaParts.mapping;
import static dev.octosts.policy.schema.SchemaParts.oneOf;
import static dev.octosts.policy.schema.SchemaParts.required;
import static dev.octosts.policy.schema.SchemaParts.root;
import static dev.octosts.policy.schema.SchemaParts.type;

import dev.octosts.policy.Permissions;
import dev.octosts.policy.guardrail.Guardrails;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of guard rails. */
final class GuardrailSchema {

    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
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

    private GuardrailSchema() {}

    static Map<String, Object> of(String name) {
        Map<String, Object> schema = root(name, "Guard rails of an organization", rails(Guardrails.KEYS));
        schema.put("minProperties", 1);
        return schema;
    }

    private static Map<String, Object> rails(List<String> keys) {
        var properties = new LinkedHashMap<String, Object>();
        for (String key : keys) {
            properties.put(key, described(DESCRIPTIONS.getOrDefault(key, key), rail(key)));
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
            case "issuers" -> listOf(issuer());
            case "overrides" -> listOf(override());
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

    private static Map<String, Object> issuer() {
        Map<String, Object> issuer = mapping(rails(Guardrails.ISSUER_KEYS), List.of());
        issuer.put("oneOf", List.of(required("issuer"), required("issuer_pattern")));
        issuer.put("minProperties", 2);
        return issuer;
    }

    private static Map<String, Object> override() {
        Map<String, Object> override = mapping(rails(Guardrails.OVERRIDE_KEYS), List.of("repositories"));
        override.put("minProperties", 2);
        return override;
    }

    private static Map<String, Object> listOf(Map<String, Object> item) {
        Map<String, Object> list = type("array");
        list.put("items", item);
        return list;
    }
}
