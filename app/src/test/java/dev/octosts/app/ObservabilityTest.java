package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Rules, dashboard and runbook belong together; that the metrics exist is shown where they are exported. */
class ObservabilityTest {

    private static final Path FOLDER = Path.of("..", "deploy", "observability");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (\\S+)$");

    private static List<Map<?, ?>> alerts() throws IOException {
        Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(FOLDER.resolve("prometheus-rules.yaml")));
        return maps(value(file, "groups"))
                .flatMap(group -> maps(value(group, "rules")))
                .toList();
    }

    private static Object value(Map<?, ?> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static Stream<Map<?, ?>> maps(Object list) {
        return ((List<?>) list).stream().map(one -> (Map<?, ?>) one);
    }

    @Test
    void has_a_runbook_section_for_each_alert_and_no_other() throws IOException {
        var sections = HEADING.matcher(Files.readString(Path.of("..", "docs", "probers.md")))
                .results()
                .map(found -> found.group(1))
                .filter(name -> name.startsWith("OctoSts"))
                .toList();
        assertThat(alerts()).hasSizeGreaterThanOrEqualTo(8).allSatisfy(alert -> {
            var name = String.valueOf(alert.get("alert"));
            assertThat(sections).contains(name);
            assertThat(((Map<?, ?>) value(alert, "annotations")).get("runbook_url"))
                    .isEqualTo("docs/probers.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(((Map<?, ?>) value(alert, "labels")).get("severity")).isIn("critical", "warning");
            assertThat(alert.get("expr")).asString().isNotBlank();
        });
        assertThat(sections).hasSameSizeAs(alerts()).doesNotHaveDuplicates();
    }

    @Test
    void has_a_dashboard_that_any_grafana_with_a_prometheus_can_load() throws IOException {
        try (var reader = Json.createReader(Files.newBufferedReader(FOLDER.resolve("grafana-dashboard.json")))) {
            var dashboard = reader.readObject();
            assertThat(dashboard.getString("uid")).isEqualTo("octo-sts");
            var panels = dashboard.getJsonArray("panels").getValuesAs(JsonObject.class);
            assertThat(panels.stream().map(panel -> panel.getInt("id"))).doesNotHaveDuplicates();
            assertThat(panels.stream().filter(panel -> !panel.getString("type").equals("row")))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(panel -> {
                        assertThat(panel.getJsonObject("datasource").getString("uid"))
                                .isEqualTo("${datasource}");
                        assertThat(panel.getString("description")).isNotBlank();
                        assertThat(panel.getJsonArray("targets")).isNotEmpty();
                    });
        }
    }
}
