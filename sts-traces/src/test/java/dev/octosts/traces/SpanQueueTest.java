package dev.octosts.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.api.trace.TraceSettings;
import dev.octosts.api.trace.TraceSettings.Sampling;
import dev.octosts.api.trace.Tracer.Totals;
import dev.octosts.sandbox.Await;
import dev.octosts.traces.fixture.SpanCollector;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A collector that is down, slow or refuses: nothing waits for it, and what is lost is counted and told. */
class SpanQueueTest {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration LAST_CHANCE = Duration.ofMillis(300);

    private final SpanCollector collector = new SpanCollector();
    private final AtomicLong now = new AtomicLong();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        collector.close();
    }

    private SpanQueue queue(int room) {
        return queue(room, LAST_CHANCE);
    }

    private SpanQueue queue(int room, Duration lastChance) {
        return new SpanQueue(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(collector.address() + "/v1/traces")
                        .setRetryPolicy(null)
                        .build(),
                Duration.ofSeconds(30),
                new SpanQueue.Limits(room, 10, PAUSE, lastChance),
                new Losses(now::get, lines::add));
    }

    private static OtlpTracer tracer(SpanQueue queue) throws Exception {
        return new OtlpTracer(
                new TraceSettings(
                        URI.create("http://unused.example"),
                        Map.of(),
                        Duration.ofSeconds(1),
                        false,
                        new Sampling(false, 1),
                        Map.of(),
                        new Egress(SSLContext.getDefault(), Optional.empty()),
                        text -> text),
                queue);
    }

    private static void requests(OtlpTracer tracer, int number) {
        for (int request = 0; request < number; request++) {
            tracer.request("GET /token", "").orElseThrow().end();
        }
    }

    @Test
    void sends_what_waits_before_the_end() throws Exception {
        var tracer = tracer(queue(100, Duration.ofSeconds(20)));
        requests(tracer, 35);
        tracer.close();
        assertThat(tracer.totals()).isEqualTo(new Totals(35, 0, 0));
        assertThat(collector.spans()).hasSize(35);
        assertThat(lines).isEmpty();
    }

    @Test
    void drops_what_it_has_no_room_for_and_ends_although_the_collector_is_silent() throws Exception {
        collector.fallSilent();
        var tracer = tracer(queue(20));
        requests(tracer, 1);
        Await.until("it sends", () -> !collector.requests().isEmpty());
        requests(tracer, 50);
        assertThat(tracer.totals()).isEqualTo(new Totals(0, 30, 0));

        long begin = System.nanoTime();
        tracer.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("far less than the collector's time")
                .isLessThan(Duration.ofSeconds(10));
        assertThat(tracer.totals()).isEqualTo(new Totals(0, 30, 21));
        assertThat(lines).hasSizeBetween(1, 2).allMatch(line -> line.startsWith("spans of traces that were lost: "));
        assertThat(tracer.request("GET /token", ""))
                .as("nothing is recorded after the end")
                .isEmpty();
    }

    @Test
    void says_at_most_once_a_minute_what_was_lost_and_why() throws Exception {
        collector.status(503);
        try (var tracer = tracer(queue(100))) {
            requests(tracer, 1);
            Await.until("a line", () -> lines.size() == 1);
            assertThat(lines.getFirst())
                    .isEqualTo("spans of traces that were lost: 1, because the collector answered with status 503;"
                            + " exchanges are not affected");
            requests(tracer, 3);
            Await.until("all failed", () -> tracer.totals().failed() == 4);
            assertThat(lines).hasSize(1);

            now.addAndGet(Duration.ofMinutes(1).toNanos());
            Await.until("a line", () -> lines.size() == 2);
            assertThat(lines.getLast()).startsWith("spans of traces that were lost: 3, because the collector answered");

            collector.status(200);
            requests(tracer, 1);
            Await.until("it goes on", () -> tracer.totals().sent() == 1);
            assertThat(lines).hasSize(2);
        }
    }

    @Test
    void says_so_when_nobody_is_there() throws Exception {
        collector.close();
        try (var tracer = tracer(queue(100))) {
            requests(tracer, 1);
            Await.until("a line", () -> lines.size() == 1);
            assertThat(lines.getFirst()).contains("lost: 1, because the collector cannot be reached (");
        }
    }
}
