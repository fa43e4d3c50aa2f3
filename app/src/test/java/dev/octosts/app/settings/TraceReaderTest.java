package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.trace.TraceSettings;
import dev.octosts.api.trace.TraceSettings.Sampling;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TraceReaderTest {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String COLLECTOR = "http://collector:4318";

    private static TraceSettings read(Map<String, String> changes) {
        return TestSettings.sound(changes).traces().orElseThrow();
    }

    private static Map<String, String> with(String... pairs) {
        var variables = new HashMap<String, String>(Map.of(ENDPOINT, COLLECTOR));
        for (int index = 0; index < pairs.length; index += 2) {
            variables.put(pairs[index], pairs[index + 1]);
        }
        return variables;
    }

    static Stream<Named<Map<String, String>>> off() {
        return Stream.of(
                Named.of("nothing", Map.of()),
                Named.of("an empty address", Map.of(ENDPOINT, "")),
                Named.of("a name alone", Map.of("OTEL_SERVICE_NAME", "octo-sts", "OTEL_TRACES_SAMPLER", "always_on")),
                Named.of("switched off", with("OTEL_SDK_DISABLED", "true")),
                Named.of("in capitals", with("OTEL_SDK_DISABLED", "TRUE")),
                Named.of("no exporter", with("OTEL_TRACES_EXPORTER", "none")));
    }

    @ParameterizedTest
    @MethodSource("off")
    void records_nothing_unless_a_collector_is_named(Map<String, String> variables) {
        assertThat(TestSettings.sound(variables).traces()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT,        http://collector:4318,            http://collector:4318/v1/traces",
        "OTEL_EXPORTER_OTLP_ENDPOINT,        https://otel.example.com/base/,   https://otel.example.com/base/v1/traces",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, http://collector:4318/own/path,   http://collector:4318/own/path",
        "OTEL_TRACES_EXPORTER,               otlp,                             http://localhost:4318/v1/traces"
    })
    void sends_to_the_address_that_opentelemetry_says(String name, String value, String address) {
        assertThat(read(Map.of(name, value)).endpoint()).hasToString(address);
    }

    @Test
    void takes_the_variables_for_traces_before_those_for_everything() {
        var settings = read(with(
                "OTEL_EXPORTER_OTLP_HEADERS", "a=1",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-api-key=se%20cret%3D+, X-Tenant = blue ,",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://otel.example.com/t",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "2500",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"));

        assertThat(settings.endpoint()).hasToString("https://otel.example.com/t");
        assertThat(settings.headers()).containsOnly(Map.entry("x-api-key", "se cret=+"), Map.entry("X-Tenant", "blue"));
        assertThat(settings.timeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(settings.gzip()).isTrue();
        assertThat(settings).asString().doesNotContain("se cret").contains("x-api-key");
    }

    @Test
    void says_of_the_process_what_the_operator_says() {
        assertThat(read(with()).resource()).containsOnly(Map.entry("service.name", "octo-sts"));
        assertThat(read(with("OTEL_RESOURCE_ATTRIBUTES", "service.name=other,deployment.environment.name=a%2Cb"))
                        .with("service.version", "1")
                        .resource())
                .containsOnly(
                        Map.entry("service.name", "other"),
                        Map.entry("deployment.environment.name", "a,b"),
                        Map.entry("service.version", "1"));
        assertThat(read(with("OTEL_RESOURCE_ATTRIBUTES", "service.name=other", "OTEL_SERVICE_NAME", "sts-blue"))
                        .resource())
                .containsOnly(Map.entry("service.name", "sts-blue"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "always_on,                0.5, false, 1",
        "always_off,               '',  false, 0",
        "traceidratio,             0.5, false, 0.5",
        "traceidratio,             '',  false, 1",
        "parentbased_always_on,    '',  true,  1",
        "parentbased_always_off,   '',  true,  0",
        "parentbased_traceidratio, .25, true,  0.25",
        "'',                       0.1, true,  1"
    })
    void samples_as_opentelemetry_says(String sampler, String argument, boolean byParent, double ratio) {
        assertThat(read(with("OTEL_TRACES_SAMPLER", sampler, "OTEL_TRACES_SAMPLER_ARG", argument))
                        .sampling())
                .isEqualTo(new Sampling(byParent, ratio));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "OTEL_EXPORTER_OTLP_ENDPOINT | collector:4318 | not the address of a collector; give one with http://",
                "OTEL_EXPORTER_OTLP_ENDPOINT | http://user:hunter2@collector | secrets in OTEL_EXPORTER_OTLP_HEADERS",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT | /v1/hunter2 | not the address of a collector",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT | http://a b | not the address of a collector",
                "OTEL_EXPORTER_OTLP_PROTOCOL | grpc | \"grpc\" is not spoken by this program; give http/protobuf",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL | http/json | is not spoken by this program; give http/protobuf",
                "OTEL_EXPORTER_OTLP_PROTOCOL | htp | \"htp\" is not a protocol of OTLP; give http/protobuf",
                "OTEL_EXPORTER_OTLP_HEADERS | hunter2 | write name=value, with commas between",
                "OTEL_EXPORTER_OTLP_HEADERS | x-key=hunter2%0a | the value of \"x-key\" is not plain text",
                "OTEL_EXPORTER_OTLP_HEADERS | x-key=hunter2%zz | the value of \"x-key\" has a % that begins no code",
                "OTEL_EXPORTER_OTLP_HEADERS | Content-Length=1 | \"Content-Length\" cannot be a header here",
                "OTEL_EXPORTER_OTLP_HEADERS | a b=1 | \"a b\" cannot be a header here",
                "OTEL_EXPORTER_OTLP_TIMEOUT | 0 | give a number from 1 to 60000",
                "OTEL_EXPORTER_OTLP_TIMEOUT | 10s | is not a time in milliseconds",
                "OTEL_EXPORTER_OTLP_COMPRESSION | zip | is neither gzip nor none",
                "OTEL_RESOURCE_ATTRIBUTES | blue | write name=value, with commas between",
                "OTEL_TRACES_SAMPLER | jaeger_remote | is not a sampler of this program",
                "OTEL_SDK_DISABLED | yes | is neither true nor false",
                "OTEL_TRACES_EXPORTER | zipkin | is not an exporter of this program; give otlp or none"
            })
    void ends_the_start_with_what_to_do(String name, String value, String message) {
        assertThat(TestSettings.faults(with(name, value))).hasSize(1).first().satisfies(fault -> {
            assertThat(fault.variable()).isEqualTo(name);
            assertThat(fault.problem()).contains(message).doesNotContain("hunter2");
        });
    }

    @ParameterizedTest
    @CsvSource({"1.5", "-1", "ten", "."})
    void takes_no_ratio_that_is_none(String ratio) {
        assertThat(TestSettings.faults(with("OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_TRACES_SAMPLER_ARG", ratio)))
                .hasSize(1)
                .first()
                .asString()
                .contains("OTEL_TRACES_SAMPLER_ARG", "give a number from 0 to 1");
    }

    @Test
    void says_which_of_opentelemetrys_variables_it_does_not_read() {
        assertThat(TestSettings.sound(with(
                                "OTEL_BSP_MAX_QUEUE_SIZE", "1",
                                "OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem",
                                "OTEL_EXPORTER_OTLP_TRACES_INSECURE", "true",
                                "OTEL_METRICS_EXPORTER", "none"))
                        .notices())
                .hasSize(3)
                .allMatch(notice -> notice.endsWith("has no effect: this program does not read it"));
        assertThat(TestSettings.sound(Map.of("OTEL_BSP_MAX_QUEUE_SIZE", "1")).notices())
                .isEmpty();
    }
}
