package dev.octosts.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.edge.TestConnections;
import io.helidon.microprofile.health.HealthCdiExtension;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddExtension;
import io.helidon.microprofile.testing.AddJaxRs;
import io.helidon.microprofile.testing.DisableDiscovery;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks that need nothing of the service, in Helidon's container and over its server. */
@HelidonTest
@DisableDiscovery
@AddJaxRs
@AddExtension(HealthCdiExtension.class)
@AddBean(HealthChecks.Alive.class)
@AddBean(HealthChecks.Started.class)
@AddBean(TestConnections.class)
class HealthEndpointsTest {

    private final ServerCdiExtension server;

    @Inject
    HealthEndpointsTest(ServerCdiExtension server) {
        this.server = server;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var address = URI.create("http://localhost:" + server.port() + path);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @CsvSource({"/health/live, alive", "/health/started, started"})
    void each_kind_of_check_has_its_own_path(String path, String check) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"status\":\"UP\"")
                .contains("{\"name\":\"" + check + "\",\"status\":\"UP\"")
                .containsOnlyOnce("\"name\"");
    }

    @Test
    void all_checks_are_at_one_path() throws Exception {
        assertThat(get("/health").body()).contains("\"alive\"", "\"started\"");
    }

    @Test
    void disk_heap_and_deadlocks_do_not_count() throws Exception {
        assertThat(get("/health").body()).doesNotContain("diskSpace", "heapMemory", "deadlock");
    }
}
