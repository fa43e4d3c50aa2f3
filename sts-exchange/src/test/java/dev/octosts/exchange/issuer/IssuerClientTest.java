package dev.octosts.exchange.issuer;

import static dev.octosts.exchange.bearer.TestServer.answer;
import static dev.octosts.exchange.bearer.TestServer.write;
import static dev.octosts.exchange.issuer.IssuerClientFixture.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.exchange.bearer.TestServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of issuers: which are read, which may come again, and how long the client waits. */
@Timeout(30)
class IssuerClientTest {
    private final CountDownLatch never = new CountDownLatch(1);
    private IssuerClientFixture world;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        world = new IssuerClientFixture();
        server = world.server;
    }

    @AfterEach
    void stop() throws IOException {
        never.countDown();
        world.close();
    }

    @Test
    void reads_a_document_of_any_type() throws IssuerException {
        List<String> headers = new CopyOnWriteArrayList<>();
        server.page("/doc", (request, answer) -> {
            headers.addAll(request.headers());
            answer(200, "{}", "Content-Type: text/html").answer(request, answer);
        });

        assertThat(world.fetch("/doc")).isEqualTo("{}");
        assertThat(headers)
                .contains("accept: application/json, application/jwk-set+json")
                .noneMatch(h -> h.matches("(accept-encoding|cookie|authorization|upgrade):.*"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void may_be_asked_again_after_status(int status) {
        server.page("/doc", answer(status, "later"));

        world.assertTransient("/doc");
        assertThat(server.calls).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 304, 400, 401, 403, 404, 410})
    void gives_up_after_status(int status) {
        server.page("/doc", answer(status, ""));

        world.assertFinal("/doc");
    }

    @Test
    void may_be_asked_again_after_a_reset() {
        server.page("/doc", (_, _) -> {});

        world.assertTransient("/doc");
        assertThat(server.calls).hasValue(1);
    }

    @Test
    void may_be_asked_again_after_half_an_answer() {
        server.page("/doc", (_, answer) -> write(answer, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));

        world.assertTransient("/doc");
    }

    @Test
    void takes_what_comes_within_a_second_and_a_half() throws IssuerException {
        server.page("/doc", (request, answer) -> {
            await(Duration.ofMillis(1450));
            answer(200, "{}").answer(request, answer);
        });

        assertThat(world.fetch("/doc")).isEqualTo("{}");
    }

    @Test
    void does_not_wait_for_an_answer_that_does_not_come() {
        server.page("/doc", (_, _) -> await(Duration.ofSeconds(20)));

        assertEndsInTime("/doc");
    }

    @Test
    void does_not_wait_for_an_answer_that_drips() {
        server.page("/doc", (_, answer) -> {
            write(answer, "HTTP/1.1 200 OK\r\n\r\n");
            for (int i = 0; i < 100; i++) {
                write(answer, " ");
                await(Duration.ofMillis(200));
            }
        });

        assertEndsInTime("/doc");
    }

    private void await(Duration time) {
        try {
            boolean over = never.await(time.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(over || never.getCount() > 0).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertEndsInTime(String path) {
        long start = System.nanoTime();
        world.assertTransient(path);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1400), Duration.ofMillis(2500));
    }

    @Test
    void stops_when_the_load_has_no_time_left() {
        assertThatThrownBy(() -> world.client.fetch(
                        "https://issuer.example", URI.create(world.base + "/doc"), Deadline.in(Duration.ZERO)))
                .isInstanceOf(IssuerException.class)
                .isNotInstanceOf(IssuerException.Transient.class);
        assertThat(server.calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void follows_redirect(int status) throws IssuerException {
        server.page("/doc", redirect(status, "/other?x=y"));
        server.page("/other", (request, answer) -> answer(200, request.target()).answer(request, answer));

        assertThat(world.fetch("/doc")).isEqualTo("/other?x=y");
    }

    @Test
    void does_not_follow_redirects_without_end() {
        server.page("/doc", redirect(302, "/doc"));

        world.assertFinal("/doc");
        assertThat(server.calls).hasValue(6);
    }

    @Test
    void says_in_one_printable_line_what_failed() {
        server.page("/doc", redirect(302, "/x\u00e9"));

        assertThatThrownBy(() -> world.fetch("/doc"))
                .message()
                .contains(world.base)
                .matches("[ -~]+");
    }
}
