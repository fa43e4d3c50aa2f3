package dev.octosts.policy.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts that schemas share. */
final class SchemaParts {

    /** A number or a boolean is taken as it is written, too. */
    static final List<String> TEXT = List.of("string", "number", "boolean");

    private SchemaParts() {}

    /** The schema of a file, which is a mapping with these keys and no others. */
    static Map<String, Object> root(String name, String title, Map<String, Object> properties) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("$id", Schemas.ADDRESS + name);
        schema.put("title", title);
        schema.putAll(mapping(properties, List.of()));
        return schema;
    }

    /** A mapping with these keys and no others. */
    static Map<String, Object> mapping(Map<String, Object> properties, List<String> required) {
        Map<String, Object> mapping = type("object");
        mapping.put("properties", properties);
        if (!required.isEmpty()) {
            mapping.put("required", required);
        }
        mapping.put("additionalProperties", false);
        return mapping;
    }

    /** The same schema with a text for people in front. */
    static Map<String, Object> described(String description, Map<String, Object> schema) {
        var described = new LinkedHashMap<String, Object>();
        described.put("description", description);
        described.putAll(schema);
        return described;
    }

    static Map<String, Object> oneOf(String... words) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("enum", List.of(words));
        return schema;
    }

    /** Any mapping that has this key. */
    static Map<String, Object> required(String key) {
        return Map.of("required", List.of(key));
    }

    static Map<String, Object> list(Object type) {
        Map<String, Object> list = type(type);
        list.put("items", Map.of("type", TEXT));
        return list;
    }

    static Map<String, Object> type(Object type) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", type);
        return schema;
    }
}
