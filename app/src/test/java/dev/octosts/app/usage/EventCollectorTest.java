package dev.octosts.app.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Sha256;
import dev.octosts.app.audit.AuditRecord;
import dev.octosts.exchange.spi.StoreException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The collector on a real socket. */
@Timeout(60)
class EventCollectorTest {

    private static final String TOKEN = Sha256.hex("ghs_token");
    private static final String EVENT = "{\"_document_id\":\"d\",\"action\":\"api.request\",\"created_at\":1764482400,"
            + "\"org\":\"o\",\"hashed_token\":\""
            + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(TOKEN)) + "\"}";
    private static final String SUCCESS = "200 {\"text\":\"Success\",\"code\":0}";

    private final Store store = new Store();
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebServer server = WebServer.builder()
            .port(0)
            .host("127.0.0.1")
            // The service's own connections need the service.
            .protocolsDiscoverServices(false)
            .addConnectionSelector(Http1ConnectionSelector.builder()
                    .config(Http1Config.create())
                    .build())
            .contentEncoding(GzipAsSent.context())
            .routing(routes ->
                    routes.register(new EventCollector(store, () -> "s3cret".getBytes(StandardCharsets.UTF_8))))
            .build();

    /** Keeps events in memory, or is down. */
    private static final class Store implements UsageStore {
        private final List<UsageEvent> events = new ArrayList<>();
        private final List<Window> windows = new ArrayList<>();
        private boolean down;

        @Override
        public Added add(List<UsageEvent> batch) throws StoreException {
            check();
            events.addAll(batch);
            return new Added(batch.size(), 0, 0);
        }

        private void check() throws StoreException {
            if (down) {
                throw new StoreException("down", new IOException());
            }
        }

        @Override
        public void cover(Collection<Window> times) {
            windows.addAll(times);
        }

        @Override
        public List<Window> windows() throws StoreException {
            check();
            return windows;
        }

        @Override
        public void sweep() {}

        @Override
        public void records(Consumer<AuditRecord> reader) {}

        @Override
        public void used(Instant since, Consumer<Used> reader) {}

        @Override
        public Map<String, List<Instant>> endedRuns(Instant since) {
            return Map.of();
        }
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private String answer(HttpRequest request) throws Exception {
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private String post(byte[] body, String encoding) throws Exception {
        var request = to("/services/collector")
                .header("Authorization", "Splunk s3cret")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return answer((encoding.isEmpty() ? request : request.header("Content-Encoding", encoding)).build());
    }

    private String post(String body) throws Exception {
        return post(body.getBytes(StandardCharsets.UTF_8), "");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void takes_events_in_each_form_that_the_protocol_has() throws Exception {
        String envelope = "{\"time\":1,\"event\":" + EVENT + ",\"fields\":{}}";

        assertThat(post(envelope + envelope)).isEqualTo(SUCCESS);
        assertThat(post("{\"event\":\"" + EVENT.replace("\"", "\\\"") + "\"}\n"))
                .isEqualTo(SUCCESS);
        assertThat(post(gzip(envelope.getBytes(StandardCharsets.UTF_8)), "gzip"))
                .isEqualTo(SUCCESS);
        assertThat(post("{\"event\":\"a test of the connection\"}")).isEqualTo(SUCCESS);

        assertThat(store.events)
                .hasSize(4)
                .allSatisfy(event -> assertThat(event.token()).isEqualTo(TOKEN));
        assertThat(store.windows).extracting(UsageStore.Window::owner).containsOnly("o");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|400 {\"text\":\"No data\",\"code\":5}",
                "{|400 {\"text\":\"Invalid data format\",\"code\":6}",
                "[]|400 {\"text\":\"Invalid data format\",\"code\":6}",
                "{}|400 {\"text\":\"Event field is required\",\"code\":12}",
                "{\"event\":\"\"}|400 {\"text\":\"Event field cannot be blank\",\"code\":13}",
            })
    void refuses_what_is_no_event(String body, String answer) throws Exception {
        assertThat(post(body)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 401, 2",
        "Bearer s3cret, 401, 3",
        "Splunk other, 403, 4",
        "Splunk , 401, 3",
        "splunk s3cret, 200, 0"
    })
    void takes_events_from_who_has_the_token_alone(String authorization, int status, int code) throws Exception {
        var request = to("/services/collector/event").POST(HttpRequest.BodyPublishers.ofString("{\"event\":{}}"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        assertThat(answer(request.build())).startsWith(status + " ").endsWith("\"code\":" + code + "}");
    }

    @Test
    void refuses_what_is_too_large_also_when_it_is_large_only_unpacked() throws Exception {
        assertThat(post(gzip(new byte[64 << 20]), "gzip")).startsWith("413 ");
        assertThat(post(new byte[9 << 20], "")).startsWith("413 ");
        assertThat(post(new byte[10], "br")).startsWith("400 ");
        assertThat(post(new byte[10], "gzip")).startsWith("400 ");
        assertThat(store.events).isEmpty();
    }

    @Test
    void lets_github_send_again_what_the_database_does_not_take_and_says_so_to_health_checks() throws Exception {
        var health = to("/services/collector/health").GET().build();
        assertThat(answer(health)).isEqualTo("200 {\"text\":\"HEC is healthy\",\"code\":17}");

        store.down = true;

        assertThat(post("{\"event\":" + EVENT + "}")).isEqualTo("503 {\"text\":\"Server is busy\",\"code\":9}");
        assertThat(answer(health)).startsWith("503 ");
    }
}
