package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.StsClient;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.traces.fixture.SpanCollector;
import dev.octosts.traces.fixture.SpanCollector.Received;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with a collector, whose module it loads in addition to its own. */
class PackagedTracesIT {

    private static final String DOMAIN = "sts.example.com";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @TempDir
    Path folder;

    @Test
    void shows_what_cold_warm_and_refused_exchanges_waited_for_and_no_secret() throws Exception {
        try (var sandbox = Sandbox.start();
                var collector = new SpanCollector()) {
            var world = DemoWorld.in(sandbox);
            var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
            variables.putAll(Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", collector.address(),
                    "OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=secret%20of%20the%20collector",
                    "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"));
            String bearer = world.workflowToken(DOMAIN).sign();
            HttpResponse<String> granted;
            try (var program = PackagedProgram.start(folder, variables)) {
                program.ready();
                granted = exchange(program, bearer, DemoWorld.CI, "cold");
                assertThat(granted.statusCode()).as(program.output()).isEqualTo(200);
                assertThat(exchange(program, bearer, DemoWorld.CI, "warm").statusCode())
                        .isEqualTo(200);
                assertThat(exchange(program, bearer, DemoWorld.RELEASE, "refused")
                                .statusCode())
                        .isEqualTo(403);
                assertThat(exchange(program, bearer + "x", DemoWorld.CI, "forged")
                                .statusCode())
                        .isEqualTo(401);
                program.get("/health/ready");
                assertThat(program.output()).doesNotContain("secret of the collector", "[error]", "WARNING");
            }

            var cold = request(collector, "cold");
            assertThat(cold.trace()).isEqualTo(TRACE);
            assertThat(cold.parent()).isEqualTo(PARENT);
            assertThat(cold.name()).isEqualTo("GET /sts/exchange");
            assertThat(cold.attributes())
                    .contains(
                            Map.entry("octosts.owner", "octo-org"),
                            Map.entry("octosts.repository", "octo-repo"),
                            Map.entry("octosts.identity", DemoWorld.CI),
                            Map.entry("octosts.outcome", "granted"),
                            Map.entry("http.route", "/sts/exchange"),
                            Map.entry("http.response.status_code", "200"));
            assertThat(cold.process())
                    .containsEntry("service.name", "octo-sts")
                    .containsEntry("deployment.environment.name", "test")
                    .containsKey("service.version");
            assertThat(names(collector, cold)).containsExactly("verify", "sources", "mint");
            assertThat(collector.tree(cold))
                    .contains("verify[issuer GET, issuer GET]")
                    .contains("installations[GitHub installation]")
                    .contains("policies[GitHub ")
                    .contains("organizations[GitHub ")
                    .contains("mint[GitHub mint]");

            assertThat(collector.tree(request(collector, "warm")))
                    .isEqualTo("GET /sts/exchange[verify, sources, mint[GitHub mint]]");

            var refused = request(collector, "refused");
            assertThat(refused.attributes())
                    .contains(
                            Map.entry("octosts.outcome", "refused"),
                            Map.entry("octosts.code", "permission_denied"),
                            Map.entry("octosts.rule", "subject_pattern"),
                            Map.entry("http.response.status_code", "403"))
                    .doesNotContainKey("error.type");
            assertThat(names(collector, refused)).containsExactly("verify", "sources");

            var forged = request(collector, "forged");
            assertThat(forged.attributes())
                    .containsEntry("octosts.code", "unauthenticated")
                    .doesNotContainKeys("octosts.owner", "octosts.identity");

            assertThat(collector.spans())
                    .as("requests that only watch the service have no span")
                    .noneMatch(span -> span.name().contains("health"));
            assertThat(collector.everything())
                    .doesNotContain(bearer, token(granted), "Bearer", "refs/heads/main", "job_workflow_ref");
            assertThat(sandbox.github().calls().all())
                    .as("no trace goes to GitHub")
                    .isNotEmpty()
                    .allMatch(call -> call.header("traceparent").isEmpty());
        }
    }

    @Test
    void shows_calls_over_grpc_with_their_codes() throws Exception {
        try (var sandbox = Sandbox.start();
                var collector = new SpanCollector();
                var network = new Network(new Network.NetworkSettings("test/1", Optional.empty(), Optional.empty()))) {
            var world = DemoWorld.in(sandbox);
            var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
            variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address());
            String bearer = world.workflowToken(DOMAIN).sign();
            try (var program = PackagedProgram.start(folder, variables)) {
                program.ready();
                var client = new StsClient(
                        ServiceAddress.of("http://127.0.0.1:" + program.port()),
                        network,
                        RetryBudget.once(Duration.ofSeconds(30)));
                for (String identity : List.of(DemoWorld.CI, DemoWorld.RELEASE)) {
                    client.exchangeOverGrpc(new IdentityToken(bearer), "octo-org/octo-repo", identity);
                }
            }

            var granted = request(collector, "octosts.outcome", "granted");
            assertThat(granted.name()).isEqualTo("chainguard.platform.oidc.SecurityTokenService/Exchange");
            assertThat(granted.attributes())
                    .contains(
                            Map.entry("rpc.system", "grpc"),
                            Map.entry("rpc.service", "chainguard.platform.oidc.SecurityTokenService"),
                            Map.entry("rpc.method", "Exchange"),
                            Map.entry("rpc.grpc.status_code", "0"),
                            Map.entry("octosts.identity", DemoWorld.CI))
                    .doesNotContainKey("error.type");
            assertThat(names(collector, granted)).containsExactly("verify", "sources", "mint");
            assertThat(request(collector, "octosts.outcome", "refused").attributes())
                    .as("a refusal is no fault of the server")
                    .contains(Map.entry("rpc.grpc.status_code", "7"), Map.entry("octosts.rule", "subject_pattern"))
                    .doesNotContainKey("error.type");
            assertThat(collector.everything()).doesNotContain(bearer, "Bearer");
        }
    }

    private static HttpResponse<String> exchange(
            PackagedProgram program, String bearer, String identity, String requestId) throws Exception {
        return program.get(
                "/sts/exchange?scope=octo-org/octo-repo&identity=" + identity,
                "Authorization",
                "Bearer " + bearer,
                "X-Request-Id",
                requestId,
                "traceparent",
                "00-" + TRACE + "-" + PARENT + "-01");
    }

    private static Received request(SpanCollector collector, String requestId) {
        return request(collector, "octosts.request_id", requestId);
    }

    private static Received request(SpanCollector collector, String attribute, String value) {
        return collector.await(
                value, span -> span.attribute(attribute).filter(value::equals).isPresent());
    }

    private static Stream<String> names(SpanCollector collector, Received parent) {
        return collector.children(parent).stream().map(Received::name);
    }

    private static String token(HttpResponse<String> granted) {
        return granted.body().replaceFirst("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    }
}
