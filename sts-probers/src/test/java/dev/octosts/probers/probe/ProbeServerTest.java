package dev.octosts.probers.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProbeServerTest {

    private static final String SECRET = "the secret";
    private static final List<Round> BOTH = List.of(Round.POSITIVE, Round.NEGATIVE);

    private final ProbeWorld world = new ProbeWorld();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void close() {
        http.close();
        world.close();
    }

    /** A prober of a service with a defect, and its server. */
    private final class Set implements AutoCloseable {
        private final TestSts sts;
        private final RoundTally tally = new RoundTally(BOTH);
        private final Rounds rounds;
        private final ProbeServer server;

        private Set(Optional<Defect> defect) {
            sts = new TestSts(world.sandbox(), world.demo(), defect);
            var target = world.target(sts.address(), Duration.ofSeconds(30));
            rounds = new Rounds(
                    new Prober(target, world.network(), world.sandbox().clock()), BOTH, tally::count);
            server = ProbeServer.start(rounds, tally, new ProbeServer.ProbeAccess(SECRET, 2), 0);
        }

        private HttpResponse<String> get(String path, String... headers) throws Exception {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), BodyHandlers.ofString());
        }

        @Override
        public void close() {
            server.close();
            rounds.close();
            sts.close();
        }
    }

    @Test
    void does_not_pretend_to_serve_on_a_port_that_is_taken() {
        try (var set = new Set(Optional.empty())) {
            int taken = set.server.port();
            var access = new ProbeServer.ProbeAccess(SECRET, 2);
            assertThatThrownBy(() -> ProbeServer.start(set.rounds, set.tally, access, taken))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/probe", "/metrics", "/health", "/any/where?x=y"})
    void makes_a_round_for_who_knows_the_secret(String path) throws Exception {
        try (var set = new Set(Optional.empty())) {
            var answer = set.get(path, "Authorization", SECRET);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(set.sts.requests()).isEqualTo(8);
        }
    }

    @Test
    void makes_a_round_for_who_posts_something_too() throws Exception {
        try (var set = new Set(Optional.empty());
                var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + set.server.port() + "/"))
                    .header("Authorization", SECRET)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"check\": \"uptime\"}"));
            assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThat(set.sts.requests()).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer the secret", "the secre", "the secret2", "The secret"})
    void makes_none_for_others(String authorization) throws Exception {
        try (var set = new Set(Optional.empty())) {
            var answer = authorization.isEmpty() ? set.get("/") : set.get("/", "Authorization", authorization);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("not authorized");
            assertThat(set.sts.requests()).isZero();
        }
    }

    @Test
    void counts_rounds_and_becomes_unready_after_failures_in_a_row() throws Exception {
        try (var set = new Set(Optional.of(Defect.IGNORES_AUDIENCE))) {
            assertThat(set.get("/metrics").body())
                    .contains("octosts_probe_rounds_total{round=\"negative\",outcome=\"breached\"} 0\n");
            assertThat(set.get("/health").statusCode()).isEqualTo(200);
            var answer = set.get("/", "Authorization", SECRET);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("internal server error");
            assertThat(set.get("/health").statusCode()).isEqualTo(200);
            set.get("/", "Authorization", SECRET);
            assertThat(set.get("/health").statusCode()).isEqualTo(503);
            assertThat(set.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(set.get("/metrics").body())
                    .contains(
                            "octosts_probe_rounds_total{round=\"negative\",outcome=\"breached\"} 2\n",
                            "octosts_probe_rounds_total{round=\"positive\",outcome=\"passed\"} 2\n",
                            "octosts_probe_checks_total{round=\"negative\",check=\"wrong-audience\",outcome=\"breached\"} 2\n",
                            "octosts_probe_failures_in_a_row{round=\"negative\"} 2\n",
                            "octosts_probe_failures_in_a_row{round=\"positive\"} 0\n");
        }
    }

    @Test
    void shares_one_round_among_those_who_ask_together() throws Exception {
        try (var set = new Set(Optional.of(Defect.IS_SLOW))) {
            var statuses = new ArrayList<Integer>();
            var begun = new CountDownLatch(1);
            var askers = new ArrayList<Thread>();
            for (int i = 0; i < 3; i++) {
                askers.add(Thread.ofVirtual().start(() -> {
                    try {
                        begun.await();
                        int status = set.get("/", "Authorization", SECRET).statusCode();
                        synchronized (statuses) {
                            statuses.add(status);
                        }
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                }));
            }
            begun.countDown();
            for (var asker : askers) {
                asker.join();
            }
            assertThat(statuses).containsExactly(200, 200, 200);
            assertThat(set.sts.requests()).isEqualTo(8);
        }
    }

    @Test
    void gives_tokens_back_when_it_is_closed_in_a_round() throws Exception {
        var set = new Set(Optional.of(Defect.IS_SLOW));
        set.rounds.every(Duration.ofHours(1));
        world.sandbox().github().calls().clear();
        world.sandbox().github().calls().await(call -> call.token().isPresent(), Duration.ofSeconds(60));
        set.close();
        assertThat(world.liveTokens()).isEmpty();
    }
}
