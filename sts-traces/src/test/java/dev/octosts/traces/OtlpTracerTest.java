package dev.octosts.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.api.trace.Trace;
import dev.octosts.api.trace.TraceSettings;
import dev.octosts.api.trace.TraceSettings.Sampling;
import dev.octosts.api.trace.Tracer;
import dev.octosts.sandbox.tls.CertificateAuthority;
import dev.octosts.traces.fixture.SpanCollector;
import dev.octosts.traces.fixture.SpanCollector.Received;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans on their way to a collector, over a real socket. */
class OtlpTracerTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String SAMPLED = "00-" + TRACE + "-" + PARENT + "-01";
    private static final String NOT_SAMPLED = "00-" + TRACE + "-" + PARENT + "-00";

    private final SpanCollector collector = new SpanCollector();

    @AfterEach
    void close() {
        collector.close();
    }

    private Tracer tracer(Sampling sampling) throws Exception {
        return tracer(collector.address(), sampling, SSLContext.getDefault());
    }

    private static Tracer tracer(String collector, Sampling sampling, SSLContext tls) {
        return tracer(collector, false, sampling, tls);
    }

    private static Tracer tracer(String collector, boolean gzip, Sampling sampling, SSLContext tls) {
        return new OtlpTracerProvider()
                .open(new TraceSettings(
                        URI.create(collector + "/v1/traces"),
                        Map.of("x-api-key", "secret of the collector"),
                        Duration.ofSeconds(10),
                        gzip,
                        sampling,
                        Map.of("service.name", "octo-sts", "deployment.environment.name", "test"),
                        new Egress(tls, Optional.empty()),
                        text -> text.replace("hunter2", "***")));
    }

    private Received request(String name) {
        return collector.await(name, span -> span.name().equals(name));
    }

    @Test
    void sends_a_request_with_its_steps_as_a_part_of_the_callers_trace() throws Exception {
        try (var tracer = tracer(new Sampling(true, 1))) {
            var span = tracer.request("GET /sts/exchange", SAMPLED).orElseThrow();
            Trace.during(span, OtlpTracerTest::work);
            span.fail("503");
            span.end();
        }

        var top = request("GET /sts/exchange");
        assertThat(top.trace()).isEqualTo(TRACE);
        assertThat(top.parent()).isEqualTo(PARENT);
        assertThat(top.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(top.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(top.attributes()).containsEntry("octosts.owner", "octo-org").containsEntry("error.type", "503");
        assertThat(top.process())
                .containsEntry("service.name", "octo-sts")
                .containsEntry("deployment.environment.name", "test")
                .containsEntry("telemetry.sdk.name", "opentelemetry");
        assertThat(collector.tree(top)).isEqualTo("GET /sts/exchange[sources[issuer GET, in another thread], mint]");
        assertThat(request("issuer GET").attributes())
                .containsOnly(
                        Map.entry("error.type", "404"),
                        Map.entry("http.request.method", "GET"),
                        Map.entry("http.response.status_code", "404"),
                        Map.entry("server.address", "issuer.example"),
                        Map.entry("server.port", "443"),
                        Map.entry("url.full", "https://issuer.example/keys"));
        assertThat(request("issuer GET").span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
        assertThat(request("mint").attributes()).containsOnly(Map.entry("error.type", IOException.class.getName()));
        assertThat(collector.requests()).allSatisfy(sent -> {
            assertThat(sent.method() + " " + sent.path()).isEqualTo("POST /v1/traces");
            assertThat(sent.header("content-type")).contains("application/x-protobuf");
            assertThat(sent.header("x-api-key")).contains("secret of the collector");
        });
    }

    private static void work() {
        Trace.note("octosts.owner", "octo-org");
        try (var _ = Trace.begin("sources")) {
            try (var call = Trace.call("issuer GET")) {
                call.request("get", "https", "issuer.example", -1, "/keys?secret=1");
                call.answered(404);
            }
            Runnable elsewhere = Trace.carried(() -> {
                try (var _ = Trace.begin("in another thread")) {
                    assertThat(Trace.isOn()).isTrue();
                }
            });
            join(Thread.ofVirtual().start(elsewhere));
        }
        try (var mint = Trace.begin("mint")) {
            mint.failed(new IOException("a text with a secret"));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }

    @Test
    void sends_spans_over_tls_to_a_collector_of_the_operators_authority() throws Exception {
        var authority = CertificateAuthority.create();
        try (var overTls = new SpanCollector(authority.serverContext())) {
            try (var tracer = tracer(overTls.address(), new Sampling(false, 1), authority.clientContext())) {
                tracer.request("GET /token", "").orElseThrow().end();
            }

            assertThat(overTls.address()).startsWith("https:");
            overTls.await("GET /token", span -> span.name().equals("GET /token"));
        }
    }

    @Test
    void compresses_spans_when_it_should() throws Exception {
        try (var tracer = tracer(collector.address(), true, new Sampling(false, 1), SSLContext.getDefault())) {
            tracer.request("GET /sts/exchange", "").orElseThrow().end();
        }

        request("GET /sts/exchange");
        assertThat(collector.requests())
                .allSatisfy(request ->
                        assertThat(request.header("content-encoding")).contains("gzip"));
    }

    @Test
    void sends_nothing_to_a_collector_of_another_authority() throws Exception {
        var trusted = CertificateAuthority.create();
        try (var stranger = new SpanCollector(CertificateAuthority.create().serverContext())) {
            try (var tracer = tracer(stranger.address(), new Sampling(false, 1), trusted.clientContext())) {
                tracer.request("GET /token", "").orElseThrow().end();
            }

            assertThat(stranger.requests()).isEmpty();
        }
    }

    @Test
    void masks_secrets_and_bounds_what_callers_write() throws Exception {
        try (var tracer = tracer(new Sampling(false, 1))) {
            var span = tracer.request("GET /token", "").orElseThrow();
            span.set("octosts.identity", "ci hunter2");
            span.set("user_agent.original", "x".repeat(100_000));
            for (int index = 0; index < 1_000; index++) {
                span.set("attribute-" + index, index);
            }
            span.end();
        }

        var top = request("GET /token");
        assertThat(top.attribute("octosts.identity")).contains("ci ***");
        assertThat(top.attribute("user_agent.original").orElseThrow()).hasSize(256);
        assertThat(top.attributes()).hasSize(32);
    }

    @ParameterizedTest(name = "by parent {0}, ratio {1}: {2}")
    @CsvSource({
        "true,  1, none,        true",
        "true,  0, none,        false",
        "true,  0, sampled,     true",
        "true,  1, not sampled, false",
        "false, 1, not sampled, true",
        "false, 0, sampled,     false"
    })
    void records_what_the_sampler_wants(boolean byParent, double ratio, String parent, boolean recorded)
            throws Exception {
        try (var tracer = tracer(new Sampling(byParent, ratio))) {
            var header = switch (parent) {
                case "sampled" -> SAMPLED;
                case "not sampled" -> NOT_SAMPLED;
                default -> "";
            };
            assertThat(tracer.request("GET /token", header).isPresent()).isEqualTo(recorded);
        }
    }

    @Test
    void records_about_the_part_of_requests_that_is_wanted() throws Exception {
        try (var tracer = tracer(new Sampling(true, 0.25))) {
            int recorded = 0;
            for (int request = 0; request < 2_000; request++) {
                recorded += tracer.request("GET /token", "").isPresent() ? 1 : 0;
            }
            assertThat(recorded).isBetween(350, 650);
        }
    }
}
