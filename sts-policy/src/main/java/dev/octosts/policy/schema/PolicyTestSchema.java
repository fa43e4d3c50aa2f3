package dev.octosts.policy.schema;

import static dev.octosts.policy.schema.SchemaParts.TEXT;
import static dev.octosts.policy.schema.SchemaParts.described;
import static dev.octosts.policy.schema.SchemaParts.list;
import static dev.octosts.policy.schema.SchemaParts.mapping;
import static dev.octosts.policy.schema.SchemaParts.oneOf;
import static dev.octosts.policy.schema.SchemaParts.required;
import static dev.octosts.policy.schema.SchemaParts.root;
import static dev.octosts.policy.schema.SchemaParts.type;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The schema of the tests next to a policy. */
final class PolicyTestSchema {

    private PolicyTestSchema() {}

    static Map<String, Object> of(String name) {
        var tests = type("array");
        tests.put("minItems", 1);
        tests.put("items", test());
        var properties = new LinkedHashMap<String, Object>();
        properties.put("domain", described("The audience of tokens when the policy names none.", type(TEXT)));
        properties.put("tests", described("What the policy must do, token by token.", tests));
        Map<String, Object> schema = root(name, "Tests of a trust policy", properties);
        schema.put("required", List.of("tests"));
        return schema;
    }

    private static Map<String, Object> test() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("name", described("What is tested, in words.", type(TEXT)));
        properties.put("claims", described("What the token says.", claims()));
        properties.put(
                "expect", described("What must become of it: one of permissions, denied, diagnostic.", expect()));
        Map<String, Object> test = mapping(properties, List.of("name", "expect"));
        // Only what the linter says of the file has no token.
        var diagnostic = new LinkedHashMap<String, Object>();
        diagnostic.put("properties", Map.of("expect", required("diagnostic")));
        test.put("anyOf", List.of(required("claims"), diagnostic));
        return test;
    }

    private static Map<String, Object> claims() {
        var audience = new LinkedHashMap<String, Object>();
        audience.put("type", List.of("string", "array"));
        audience.put("items", type("string"));
        var properties = new LinkedHashMap<String, Object>();
        properties.put("iss", described("The issuer.", type("string")));
        properties.put("sub", described("The subject.", type("string")));
        properties.put("aud", described("The audience, or a list of them.", audience));
        Map<String, Object> claims = type("object");
        claims.put("properties", properties);
        return claims;
    }

    private static Map<String, Object> expect() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("permissions", described("The token is granted; all that it may do.", Schemas.permissions()));
        properties.put("repositories", described("The repositories of the granted token.", list("array")));
        properties.put(
                "denied",
                described(
                        "The token is refused by this rule: issuer, subject, audience, a claim's name; or any.",
                        type(TEXT)));
        properties.put(
                "diagnostic",
                described(
                        "The linter finds this in the policy.",
                        oneOf(Stream.of(DiagnosticCode.values())
                                .map(DiagnosticCode::id)
                                .toArray(String[]::new))));
        Map<String, Object> expect = mapping(properties, List.of());
        expect.put("oneOf", List.of(required("permissions"), required("denied"), required("diagnostic")));
        return expect;
    }
}
