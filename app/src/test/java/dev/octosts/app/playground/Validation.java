package dev.octosts.app.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.util.List;

/** Checks JSON with JSON Schemas of draft 7. */
final class Validation {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    private Validation() {}

    /** What is wrong with a schema itself. */
    static List<String> ofSchema(JsonNode schema) {
        return SCHEMAS.getSchema(SchemaLocation.of(DialectId.DRAFT_7)).validate(schema).stream()
                .map(Error::toString)
                .toList();
    }

    /** What a schema says against a file. */
    static List<String> problems(String schema, JsonNode file) {
        return SCHEMAS.getSchema(schema, InputFormat.JSON).validate(file).stream()
                .map(Error::toString)
                .toList();
    }
}
