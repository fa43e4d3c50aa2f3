package dev.octosts.app.pages;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An OpenAPI description as a page: operations with parameters, bodies and answers, then the types. It knows the parts
 * of OpenAPI that our description uses.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.0.3">OpenAPI 3.0.3</a>
 */
final class ApiText {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String TYPES = "#/components/schemas/";

    private final JsonObject description;
    private final StringBuilder html = new StringBuilder();

    private ApiText(JsonObject description) {
        this.description = description;
    }

    static String html(JsonObject description) {
        var text = new ApiText(description);
        var info = object(description, "info");
        var frame = new PageFrame("API · Octo-STS", text(info, "title"), text(info, "description"));
        return frame.html("""
                <p class="plainly">For machines: <a href="openapi?format=YAML">YAML</a>,
                <a href="openapi?format=JSON">JSON</a> (OpenAPI %s).</p>
                %s""".formatted(text(description, "openapi"), text.body()));
    }

    private String body() {
        object(description, "paths")
                .forEach((path, operations) -> operations.asJsonObject().entrySet().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operation(
                                operation.getKey(), path, operation.getValue().asJsonObject())));
        object(object(description, "components"), "schemas")
                .forEach((name, schema) -> type(name, schema.asJsonObject()));
        return html.toString();
    }

    private void operation(String method, String path, JsonObject operation) {
        add("<section class=\"card\" id=\"%s\">".formatted(text(operation, "operationId")));
        add("<h2><span class=\"method\">%s</span> <code>%s</code></h2>"
                .formatted(method.toUpperCase(Locale.ROOT), escaped(path)));
        paragraph(text(operation, "summary") + ".");
        paragraph(text(operation, "description"));
        if (operation.containsKey("security")) {
            paragraph("The header <code>Authorization: Bearer</code> has the OIDC token of the workload.");
        }
        parameters(operation);
        content("It takes", resolved(object(operation, "requestBody")));
        answers(object(operation, "responses"));
        add("</section>");
    }

    private void parameters(JsonObject operation) {
        if (!(operation.get("parameters") instanceof JsonArray parameters)) {
            return;
        }
        table("parameter", "what it says");
        for (JsonValue each : parameters) {
            var parameter = resolved(each.asJsonObject());
            var required = parameter.getBoolean("required", false) ? " Required." : "";
            row(
                    "<code>" + text(parameter, "name") + "</code>",
                    text(parameter, "description")
                            + required
                            + allowed(object(parameter, "schema"))
                            + example(parameter));
        }
        end();
    }

    private void content(String what, JsonObject body) {
        object(body, "content")
                .forEach((type, media) -> add("<p>%s <code>%s</code>: %s.</p>"
                        .formatted(what, escaped(type), shape(object(media.asJsonObject(), "schema")))));
    }

    private void answers(JsonObject responses) {
        table("status", "answer");
        responses.forEach((status, each) -> {
            var response = resolved(each.asJsonObject());
            var types = object(response, "content").entrySet().stream()
                    .map(media -> " <code>%s</code>: %s."
                            .formatted(
                                    escaped(media.getKey()),
                                    shape(object(media.getValue().asJsonObject(), "schema"))))
                    .collect(Collectors.joining());
            row(
                    status.equals("default") ? "else" : "<code>" + escaped(status) + "</code>",
                    sentence(text(response, "description")) + types);
        });
        end();
    }

    private void type(String name, JsonObject schema) {
        add("<section class=\"card\" id=\"type-%s\"><h2>%s</h2>".formatted(escaped(name), escaped(name)));
        paragraph(text(schema, "description"));
        table("member", "what it is");
        object(schema, "properties").forEach((member, value) -> {
            var property = value.asJsonObject();
            row(
                    "<code>" + escaped(member) + "</code>",
                    shape(property) + ". " + text(property, "description") + allowed(property) + example(property));
        });
        end();
        add("</section>");
    }

    /** What kind of value it is, in a few words. */
    private String shape(JsonObject schema) {
        String reference = schema.getString("$ref", "");
        if (reference.startsWith(TYPES)) {
            String name = escaped(reference.substring(TYPES.length()));
            return "<a href=\"#type-%s\">%s</a>".formatted(name, name);
        }
        if (schema.get("oneOf") instanceof JsonArray choices) {
            return choices.stream().map(choice -> shape(choice.asJsonObject())).collect(Collectors.joining(" or "));
        }
        String type = text(schema, "type");
        return switch (type) {
            case "array" -> "list of " + shape(object(schema, "items"));
            case "" -> "any value";
            default -> type;
        };
    }

    private static String allowed(JsonObject schema) {
        return schema.get("enum") instanceof JsonArray values
                ? " One of "
                        + values.stream()
                                .map(value -> "<code>" + value(value) + "</code>")
                                .collect(Collectors.joining(", "))
                        + "."
                : "";
    }

    private static String example(JsonObject described) {
        return Optional.ofNullable(described.get("example"))
                .map(value -> " Such as <code>" + value(value) + "</code>.")
                .orElse("");
    }

    private static String value(JsonValue value) {
        return escaped(value instanceof JsonString text ? text.getString() : value.toString());
    }

    /** The object itself, or what it refers to in the same description. */
    private JsonObject resolved(JsonObject object) {
        String reference = object.getString("$ref", "");
        return reference.startsWith("#/")
                ? description.getValue(reference.substring(1)).asJsonObject()
                : object;
    }

    private static JsonObject object(Map<String, JsonValue> object, String name) {
        return object.get(name) instanceof JsonObject found ? found : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static String text(JsonObject object, String name) {
        return escaped(object.getString(name, ""));
    }

    private static String escaped(String text) {
        return HtmlText.escaped(text);
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }

    private void paragraph(String text) {
        if (!text.isEmpty() && !text.equals(".")) {
            add("<p>%s</p>".formatted(text));
        }
    }

    private void table(String first, String second) {
        add(
                "<div class=\"wide\"><table><thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead><tbody>"
                        .formatted(first, second));
    }

    private void row(String first, String second) {
        add("<tr><th scope=\"row\">%s</th><td>%s</td></tr>".formatted(first, second));
    }

    private void end() {
        add("</tbody></table></div>");
    }

    private void add(String line) {
        html.append(line).append('\n');
    }
}
