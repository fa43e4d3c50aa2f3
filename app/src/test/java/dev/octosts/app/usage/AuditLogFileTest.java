package dev.octosts.app.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.api.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogFileTest {

    private static final String HEX = Sha256.hex("ghs_token");
    private static final String HASH =
            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(HEX));
    private static final String EVENT =
            "{\"_document_id\":\"doc-1\",\"@timestamp\":1764482400123,\"action\":\"api.request\","
                    + "\"org\":\"Octo-Org\",\"repo\":\"Octo-Org/Octo-Repo\",\"hashed_token\":\"" + HASH
                    + "\",\"request_method\":\"get\",\"url_path\":\"/repos/octo-org/octo-repo/issues?secret=1\","
                    + "\"status_code\":\"200\",\"actor_ip\":\"198.51.100.7\",\"new_field\":{\"deep\":[1,{\"action\":\"no\"}]}}";

    private static final class Heard implements AuditLogFile.Sink {
        private final List<UsageEvent> events = new ArrayList<>();
        private final List<Long> broken = new ArrayList<>();

        @Override
        public void event(UsageEvent event) {
            events.add(event);
        }

        @Override
        public void broken(long line) {
            broken.add(line);
        }
    }

    private static Heard read(byte[] file) throws Exception {
        var heard = new Heard();
        AuditLogFile.read(new ByteArrayInputStream(file), heard);
        return heard;
    }

    private static Heard read(String file) throws Exception {
        return read(file.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void reads_an_event_with_the_hash_in_the_form_of_our_records_and_no_query() throws Exception {
        assertThat(read(EVENT).events)
                .containsExactly(new UsageEvent(
                        "doc-1",
                        Instant.parse("2025-11-30T06:00:00.123Z"),
                        HEX,
                        "",
                        "api.request",
                        "octo-org",
                        "octo-repo",
                        new UsageEvent.ApiRequest("GET", "/repos/octo-org/octo-repo/issues", 200),
                        "198.51.0.0/16"));
    }

    @Test
    void reads_lines_an_array_and_both_compressed() throws Exception {
        String lines = "\ufeff" + EVENT + "\r\n\n" + EVENT + "\n";
        String array = "[\n" + EVENT + ",\n" + EVENT + "]";

        for (byte[] file : List.of(
                lines.getBytes(StandardCharsets.UTF_8),
                array.getBytes(StandardCharsets.UTF_8),
                gzip(lines),
                gzip(array),
                join(gzip(EVENT + "\n"), gzip(EVENT)))) {
            var heard = read(file);
            assertThat(heard.events).hasSize(2);
            assertThat(heard.broken).isEmpty();
        }
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void names_lines_that_are_no_events_and_reads_on() throws Exception {
        String deep = "[".repeat(100_000);
        String large = "{\"action\":\"" + "x".repeat(1 << 20) + "\"}";
        var heard = read(String.join(
                "\n", EVENT, "{broken", "7", EVENT + EVENT, "{\"action\":\"a.b\"}", "{\"x\":" + deep, large, EVENT));

        assertThat(heard.broken).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(heard.events).hasSize(2);
    }

    @Test
    void reads_an_array_up_to_the_fault_and_names_its_line() throws Exception {
        var heard = read("[\n" + EVENT + ",\n{broken\n},\n" + EVENT + "]");

        assertThat(heard.events).hasSize(1);
        assertThat(heard.broken).containsExactly(3L);
        assertThat(read("[\n" + EVENT).broken).hasSize(1);
    }

    @Test
    void does_not_take_half_a_compressed_file_for_a_whole_one() throws Exception {
        byte[] whole = gzip(EVENT + "\n" + EVENT);
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 20))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"created_at\":1764482400123', 2025-11-30T06:00:00.123Z",
        "'\"created_at\":1764482400', 2025-11-30T06:00:00Z",
        "'\"@timestamp\":\"2025-11-30T07:00:00+01:00\"', 2025-11-30T06:00:00Z"
    })
    void reads_each_form_of_a_time(String time, String instant) throws Exception {
        assertThat(read("{\"action\":\"a.b\"," + time + "}").events)
                .singleElement()
                .extracting(UsageEvent::at)
                .isEqualTo(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"hashed_token\":\"x\"", "\"hashed_token\":\"AAAA\"", "\"hashed_token\":null", "\"a\":1"})
    void takes_what_is_no_hash_for_no_token(String field) throws Exception {
        assertThat(read("{\"action\":\"a.b\",\"created_at\":1764482400," + field + "}").events)
                .singleElement()
                .extracting(UsageEvent::token)
                .isEqualTo("");
    }

    @Test
    void prefers_the_country_to_the_network_and_knows_the_end_of_a_run() throws Exception {
        String event = "{\"action\":\"workflows.completed_workflow_run\",\"created_at\":1764482400,"
                + "\"workflow_run_id\":42,\"repo\":[\"o/r\"],\"actor_ip\":\"2001:db8::1\"";
        assertThat(read(event + "}").events).singleElement().satisfies(one -> {
            assertThat(one.run()).isEqualTo("42");
            assertThat(one.owner()).isEqualTo("o");
            assertThat(one.place()).isEqualTo("2001:0db8::/32");
        });
        assertThat(read(event + ",\"actor_location\":{\"city\":{},\"country_code\":\"DE\"}}").events)
                .extracting(UsageEvent::place)
                .containsExactly("DE");
    }
}
