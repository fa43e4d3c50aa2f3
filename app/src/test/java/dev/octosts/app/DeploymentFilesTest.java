package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code deploy/} says fits the program and itself; {@code deploy/check} asks the tools that read it. */
class DeploymentFilesTest {

    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Path CHART = DEPLOY.resolve("helm/octo-sts");
    private static final Pattern USED = Pattern.compile("\\.Values((?:\\.[A-Za-z]+)+)");
    private static final Pattern CHART_VARIABLE = Pattern.compile("name: ([A-Z][A-Z_]{2,})");
    private static final Pattern TERRAFORM_VARIABLE =
            Pattern.compile("\\b((?:GITHUB|OCTOSTS|APP_SECRET|STS)_[A-Z_]+)\\b");

    @SuppressWarnings("unchecked")
    private static Map<String, Object> yaml(Path file) throws IOException {
        return (Map<String, Object>) new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    private static String texts(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            var all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> each.toString().endsWith(suffix))
                    .sorted()
                    .toList()) {
                all.append(Files.readString(file));
            }
            assertThat(all).as(suffix + " below " + folder).isNotEmpty();
            return all.toString();
        }
    }

    private static JsonObject schema() throws IOException {
        try (var reader = Json.createReader(Files.newBufferedReader(CHART.resolve("values.schema.json")))) {
            return reader.readObject();
        }
    }

    /** The paths of all values; what a schema leaves open, such as labels, counts as one. */
    private static Set<String> paths(Map<?, ?> values, JsonObject schema, String prefix) {
        var paths = new TreeSet<String>();
        var properties = schema.getJsonObject("properties");
        values.forEach((key, value) -> {
            var path = prefix + key;
            var inner = Optional.ofNullable(properties).map(known -> known.getJsonObject(String.valueOf(key)));
            assertThat(inner).as("schema of the value " + path).isPresent();
            if (value instanceof Map<?, ?> map && inner.orElseThrow().containsKey("properties")) {
                paths.addAll(paths(map, inner.orElseThrow(), path + "."));
            } else {
                paths.add(path);
            }
        });
        return paths;
    }

    private static Set<String> paths(JsonObject schema, String prefix) {
        var paths = new TreeSet<String>();
        schema.getJsonObject("properties").forEach((name, value) -> {
            var inner = value.asJsonObject();
            if (inner.containsKey("properties")) {
                paths.addAll(paths(inner, prefix + name + "."));
            } else {
                paths.add(prefix + name);
            }
        });
        return paths;
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Java's status after SIGTERM; without this line systemd takes a service that was stopped for one that failed. */
    @Test
    void the_systemd_unit_takes_a_stop_for_a_success() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "installation.md")))
                .containsPattern("(?s)\\[Service].*\\nSuccessExitStatus=143\\n.*\\[Install]");
    }

    @Test
    void the_charts_schema_describes_every_value_and_no_other() throws IOException {
        var described = paths(schema(), "");
        described.remove("global");
        // They have no defaults of their own: what they hold is the cluster's.
        described.removeIf(path -> path.matches("(prober\\.)?resources\\.(requests|limits)"));
        var given = paths(yaml(CHART.resolve("values.yaml")), schema(), "");
        given.removeIf(path -> path.matches("(prober\\.)?resources\\.(requests|limits)"));
        assertThat(described).isEqualTo(given);
    }

    @Test
    void templates_use_values_that_there_are_and_every_value_is_used() throws IOException {
        var given = paths(yaml(CHART.resolve("values.yaml")), schema(), "");
        var used = found(USED, texts(CHART.resolve("templates"), "")).stream()
                .map(path -> path.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used)
                .allSatisfy(path -> assertThat(given)
                        .as("the value " + path)
                        .anyMatch(known -> known.equals(path) || known.startsWith(path + ".")));
        assertThat(given)
                .allSatisfy(path -> assertThat(used)
                        .as("a template that uses " + path)
                        .anyMatch(known -> known.equals(path) || path.startsWith(known + ".")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"least", "full", "exchange-only"})
    void values_for_checks_are_described(String name) throws IOException {
        assertThat(paths(yaml(CHART.resolve("ci/" + name + "-values.yaml")), schema(), ""))
                .isNotEmpty();
    }

    @Test
    void every_variable_that_is_set_is_documented() throws IOException {
        var documented = Files.readString(Path.of("..", "docs", "installation.md"))
                + Files.readString(Path.of("..", "docs", "probers.md"));
        var set = found(CHART_VARIABLE, texts(CHART.resolve("templates"), ""));
        set.addAll(found(TERRAFORM_VARIABLE, texts(DEPLOY.resolve("terraform"), ".tf")));
        set.addAll(replica("sts1").keySet());
        set.remove("GITHUB_API_URL"); // of the commands
        assertThat(set)
                .contains("STS_DOMAIN", "GITHUB_APP_IDS")
                .allSatisfy(name -> assertThat(documented).containsPattern("`" + name + "`"));
    }

    private static Map<String, Object> service(String name) throws IOException {
        return child(child(yaml(DEPLOY.resolve("compose/compose.yaml")), "services"), name);
    }

    private static Map<String, Object> replica(String name) throws IOException {
        return child(service(name), "environment");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String key) {
        return (Map<String, Object>) Objects.requireNonNull(parent.get(key), key);
    }

    @Test
    void replicas_of_the_compose_file_are_those_of_the_balancer() throws IOException {
        var balancer = Files.readString(DEPLOY.resolve("loadbalancer/haproxy.cfg"));
        var servers = found(Pattern.compile("(?m)^    server (\\S+) \\1:8080$"), balancer);
        assertThat(servers).hasSize(3);
        for (String server : servers) {
            assertThat(service(server))
                    .containsEntry("read_only", true)
                    .containsEntry("user", "65532:65532")
                    .containsEntry("cap_drop", List.of("ALL"));
        }
    }

    @Test
    void the_balancer_repeats_nothing_that_was_sent() throws IOException {
        var haproxy = Files.readString(DEPLOY.resolve("loadbalancer/haproxy.cfg"));
        assertThat(found(Pattern.compile("(?m)^    retry-on (.*)$"), haproxy)).containsExactly("conn-failure");
        assertThat(Files.readString(DEPLOY.resolve("loadbalancer/nginx.conf"))).contains("proxy_next_upstream off;");
    }

    @Test
    void metrics_are_not_public() throws IOException {
        assertThat(Files.readString(CHART.resolve("templates/ingress.yaml"))).doesNotContain("\"/metrics\"", "\"/\"");
        assertThat(Files.readString(DEPLOY.resolve("loadbalancer/haproxy.cfg"))).contains("unless public_path");
    }

    @Test
    void pods_may_do_as_little_as_possible() throws IOException {
        var helpers = Files.readString(CHART.resolve("templates/_helpers.tpl"));
        assertThat(helpers)
                .contains(
                        "runAsNonRoot: true",
                        "readOnlyRootFilesystem: true",
                        "allowPrivilegeEscalation: false",
                        "capabilities: {drop: [ALL]}",
                        "seccompProfile: {type: RuntimeDefault}");
        assertThat(Files.readString(CHART.resolve("templates/deployment.yaml")))
                .contains("automountServiceAccountToken: false", "octo-sts.podSecurity", "octo-sts.containerSecurity");
    }
}
