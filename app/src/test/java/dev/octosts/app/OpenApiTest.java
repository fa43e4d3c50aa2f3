package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.ProblemDetails;
import dev.octosts.api.RequestId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** What must not get lost in the description of the API. */
class OpenApiTest {

    private static final Path FILE = Path.of("src/main/resources/META-INF/openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** The paths that no resource serves. */
    private static final Set<String> OF_THE_SERVER = Set.of(
            "get /health",
            "get /health/live",
            "get /health/started",
            "get /health/ready",
            "get /metrics",
            "get /openapi");

    private final Map<String, Object> description;

    OpenApiTest() throws IOException {
        this.description = new Yaml().load(Files.readString(FILE));
    }

    @Test
    void every_door_is_described_and_no_other_one() {
        assertThat(operations().keySet())
                .isEqualTo(Stream.concat(doors(), OF_THE_SERVER.stream()).collect(Collectors.toSet()));
    }

    /** Methods and paths of the resources. */
    private static Stream<String> doors() {
        return new ClassFileImporter()
                .importPackages("dev.octosts.api.http").stream()
                        .filter(type -> path(type).isPresent())
                        .flatMap(OpenApiTest::doors);
    }

    private static Stream<String> doors(JavaClass resource) {
        return resource.getMethods().stream()
                .flatMap(method -> Stream.of("GET", "POST")
                        .filter(verb -> method.isAnnotatedWith("jakarta.ws.rs." + verb))
                        .map(verb -> verb.toLowerCase(Locale.ROOT) + " " + path(resource, method)));
    }

    private static String path(JavaClass resource, JavaMethod method) {
        String whole = "/" + path(resource).orElseThrow() + "/" + path(method).orElse("");
        String plain = whole.replaceAll("/+", "/");
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static Optional<String> path(CanBeAnnotated annotated) {
        return switch (annotated) {
            case JavaClass type ->
                type.tryGetAnnotationOfType("jakarta.ws.rs.Path").map(OpenApiTest::value);
            case JavaMethod method ->
                method.tryGetAnnotationOfType("jakarta.ws.rs.Path").map(OpenApiTest::value);
            default -> throw new IllegalArgumentException();
        };
    }

    private static String value(JavaAnnotation<?> annotation) {
        return annotation.get("value").map(Object::toString).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get /sts/exchange   | 200 400 401 403 404 405 429 500 503",
                "post /sts/exchange  | 200 400 401 403 404 405 413 429 500 503",
                "get /sts/explain    | 200 400 401 403 404 405 429 500 503",
                "post /sts/explain   | 200 400 401 403 404 405 413 429 500 503",
                "post /sts/exchange_refresh_token | 405 501",
                "post /token         | 200 400 405 429 500 503",
                "post /sts/token     | 200 400 405 429 500 503",
                "post /revoke        | 200 400 405 500 503",
                "post /sts/revoke    | 200 400 405 500 503",
                "post /introspect    | 200 400 401 405 429 500 503",
                "post /sts/introspect | 200 400 401 405 429 500 503",
                "get /.well-known/oauth-authorization-server | 200 405",
                "post /webhook       | 200 202 400 404 405 413 500 503",
                "get /schemas/{name} | 200 304 404 405",
                "get /playground     | 200 304 404 405",
                "get /playground/{name} | 200 304 404 405",
                "post /playground/evaluate | 200 400 404 405 413 429 500 503",
                "get /               | 200 405",
                "get /pages/{name}   | 200 304 404 405",
                "get /healthcheck    | 200 405",
                "get /health         | 200 503",
                "get /health/live    | 200 503",
                "get /health/started | 200 503",
                "get /health/ready   | 200 503",
                "get /metrics        | 200 404",
                "get /openapi        | 200",
            })
    void every_answer_of_a_door_is_described(String door, String statuses) {
        assertThat(responses(door).keySet())
                .containsExactlyInAnyOrder(statuses.strip().split(" ", -1));
        assertThat(responses(door).values())
                .allSatisfy(response ->
                        assertThat(response.get("description")).asString().isNotBlank());
    }

    @Test
    void the_table_above_has_every_door() throws NoSuchMethodException {
        String[] rows = OpenApiTest.class
                .getDeclaredMethod("every_answer_of_a_door_is_described", String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value();

        assertThat(Arrays.stream(rows)
                        .map(row -> row.substring(0, row.indexOf('|')).strip()))
                .containsExactlyInAnyOrderElementsOf(operations().keySet());
    }

    @Test
    void callers_without_the_right_token_are_challenged() {
        assertThat(operations().keySet().stream()
                        .flatMap(door -> Stream.of("401", "403")
                                .map(status -> responses(door).get(status))
                                .filter(response -> response != null)))
                .hasSizeGreaterThan(8)
                .allSatisfy(response -> assertThat(object(response, "headers")).containsKey("WWW-Authenticate"));
    }

    @Test
    void failures_have_both_forms() {
        assertThat(operations().keySet().stream()
                        .filter(door -> !door.startsWith("get /health"))
                        .flatMap(door -> responses(door).entrySet().stream())
                        .filter(response -> response.getKey().compareTo("400") >= 0))
                .hasSizeGreaterThan(60)
                .allSatisfy(response -> assertThat(object(response.getValue(), "content"))
                        .containsOnlyKeys("application/json", ProblemDetails.MEDIA_TYPE));
    }

    @Test
    void problem_details_have_the_members_that_are_described() {
        var problem = new Problem(ProblemCode.PERMISSION_DENIED, "no").because("subject");
        var members = new TreeSet<>(
                ProblemDetails.of(problem, 403, RequestId.generate()).keySet());
        members.addAll(List.of("error", "error_description"));

        assertThat(object(schema("ProblemDetails"), "properties").keySet()).isEqualTo(members);
    }

    @Test
    void operations_have_a_name_of_their_own_and_say_what_they_are_for() {
        List<Map<String, Object>> operations = List.copyOf(operations().values());

        assertThat(operations)
                .extracting(operation -> operation.get("operationId"))
                .doesNotHaveDuplicates();
        assertThat(operations)
                .allSatisfy(operation -> assertThat(operation)
                        .containsKeys("operationId", "summary", "description", "tags", "responses"));
    }

    @Test
    void every_reference_leads_somewhere_and_every_component_is_used() {
        var references = new TreeSet<String>();
        collect(description, references);

        assertThat(references).allSatisfy(reference -> assertThat(at(reference)).isNotNull());
        for (String kind : List.of("schemas", "responses", "headers", "parameters", "requestBodies")) {
            assertThat(object(components(), kind).keySet())
                    .allSatisfy(name -> assertThat(references).contains("#/components/" + kind + "/" + name));
        }
    }

    private static void collect(Object value, Set<String> references) {
        switch (value) {
            case Map<?, ?> map -> {
                if (map.get("$ref") instanceof String reference) {
                    references.add(reference);
                }
                map.values().forEach(member -> collect(member, references));
            }
            case List<?> list -> list.forEach(element -> collect(element, references));
            default -> {
                // a text, a number, a boolean
            }
        }
    }

    /** By method and path. */
    private Map<String, Map<String, Object>> operations() {
        var operations = new LinkedHashMap<String, Map<String, Object>>();
        object(description, "paths")
                .forEach((path, item) -> cast(item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.put(method + " " + path, cast(operation));
                    }
                }));
        return operations;
    }

    /** By status, with references replaced. */
    private Map<String, Map<String, Object>> responses(String door) {
        var responses = new LinkedHashMap<String, Map<String, Object>>();
        object(operations().getOrDefault(door, Map.of()), "responses")
                .forEach((status, response) -> responses.put(status, resolved(cast(response))));
        return responses;
    }

    private Map<String, Object> resolved(Map<String, Object> object) {
        return object.get("$ref") instanceof String reference ? at(reference) : object;
    }

    private Map<String, Object> at(String reference) {
        Map<String, Object> found = description;
        for (String name : reference.substring(2).split("/", -1)) {
            assertThat(found).as(reference).containsKey(name);
            found = object(found, name);
        }
        return found;
    }

    private Map<String, Object> components() {
        return object(description, "components");
    }

    private Map<String, Object> schema(String name) {
        return object(object(components(), "schemas"), name);
    }

    private static Map<String, Object> object(Map<String, Object> object, String name) {
        return object.get(name) == null ? Map.of() : cast(object.get(name));
    }

    @SuppressWarnings("unchecked") // the keys of JSON objects are texts
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }
}
