package dev.octosts.probers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.ExchangeAnswer.Refused;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.ExchangeAnswer.Unreachable;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

    private static final IdentityToken IDENTITY = new IdentityToken("e30.e30.c2ln");
    private static final Token TOKEN = new Token("ghs_x", Optional.of(Instant.parse("2026-01-01T01:00:00Z")));
    private static final RetryBudget PATIENCE = new RetryBudget(Duration.ofSeconds(20), Duration.ofSeconds(10));

    private final FakeTiming timing = new FakeTiming();
    private final Network network = FakeService.network(timing);

    @AfterEach
    void close() {
        network.close();
    }

    private ExchangeAnswer exchange(ServiceAddress service, RetryBudget retries) throws InterruptedException {
        return new StsClient(service, network, retries).exchange(IDENTITY, "o/r", "i");
    }

    @ParameterizedTest
    @CsvSource({"429, 8", "502, 14", "503, 14", "504, 4"})
    void comes_back_after_what_heals(int status, int code) throws Exception {
        var busy = FakeService.problem(status, code, "busy");
        try (var service = new FakeService(busy, busy, FakeService.token("ghs_x"))) {
            assertThat(exchange(service.address(), PATIENCE)).isEqualTo(TOKEN);
            assertThat(service.requests()).hasSize(3);
        }
        assertThat(timing.pauses()).containsExactly(Duration.ofMillis(125), Duration.ofMillis(250));
    }

    @Test
    void comes_back_after_a_gateway_that_speaks_html() throws Exception {
        var gateway = Reply.of(502, "text/html", new byte[] {60});
        try (var service = new FakeService(gateway, FakeService.token("ghs_x"))) {
            assertThat(exchange(service.address(), PATIENCE)).isEqualTo(TOKEN);
        }
    }

    @Test
    void comes_back_after_a_broken_connection() throws Exception {
        var cut = new Answer.Truncated(FakeService.token("ghs_x"), 10);
        try (var service = new FakeService(cut, FakeService.token("ghs_x"))) {
            assertThat(exchange(service.address(), PATIENCE)).isEqualTo(TOKEN);
        }
        assertThat(timing.pauses()).hasSize(1);
    }

    @Test
    void waits_twice_as_long_each_time_until_the_time_is_up() throws Exception {
        var busy = FakeService.problem(503, 14, "busy");
        try (var service = new FakeService(busy)) {
            assertThat(exchange(service.address(), PATIENCE))
                    .isEqualTo(new Refused(14, "busy", 503))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.isTemporary()).isTrue());
            assertThat(service.requests()).hasSize(timing.pauses().size() + 1);
        }
        assertThat(timing.pauses().stream().map(Duration::toMillis))
                .containsExactly(125L, 250L, 500L, 1_000L, 2_000L, 4_000L, 4_000L, 4_000L, 4_000L);
    }

    @Test
    void says_how_often_it_tried() throws Exception {
        ServiceAddress nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = ServiceAddress.of("http://127.0.0.1:" + socket.getLocalPort());
        }
        assertThat(exchange(nobody, PATIENCE))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        it -> assertThat(it.reason())
                                .contains("no connection to 127.0.0.1:", "nobody listens", "tried 10 times"));
    }

    @Test
    void waits_as_long_as_it_is_asked_to() throws Exception {
        var busy = FakeService.problem(429, 8, "busy").with("Retry-After", "7");
        try (var service = new FakeService(busy, FakeService.token("ghs_x"))) {
            assertThat(exchange(service.address(), PATIENCE)).isEqualTo(TOKEN);
        }
        assertThat(timing.pauses()).isEqualTo(List.of(Duration.ofMillis(7_125)));
    }

    @Test
    void waits_until_the_date_it_is_given() throws Exception {
        var busy = FakeService.problem(503, 14, "busy").with("Retry-After", "Thu, 1 Jan 2026 00:00:05 GMT");
        try (var service = new FakeService(busy, FakeService.token("ghs_x"))) {
            assertThat(exchange(service.address(), PATIENCE)).isEqualTo(TOKEN);
        }
        assertThat(timing.pauses()).isEqualTo(List.of(Duration.ofMillis(5_125)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "999999999", "Fri, 2 Jan 2026 00:00:00 GMT"})
    void does_not_wait_for_what_comes_too_late(String retryAfter) throws Exception {
        var busy = FakeService.problem(429, 8, "limited").with("Retry-After", retryAfter);
        try (var service = new FakeService(busy)) {
            assertThat(exchange(service.address(), PATIENCE)).isEqualTo(new Refused(8, "limited", 429));
            assertThat(service.requests()).hasSize(1);
        }
        assertThat(timing.pauses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "99999999999999999999", "Thu, 1 Jan 1970 00:00:00 GMT", "1.5"})
    void takes_a_wish_that_makes_no_sense_for_none(String retryAfter) throws Exception {
        var busy = FakeService.problem(429, 8, "limited").with("Retry-After", retryAfter);
        try (var service = new FakeService(busy, FakeService.token("ghs_x"))) {
            assertThat(exchange(service.address(), PATIENCE)).isEqualTo(TOKEN);
        }
        assertThat(timing.pauses()).isEqualTo(List.of(Duration.ofMillis(125)));
    }

    @Test
    void gives_up_on_silence_and_asks_again() throws Exception {
        var retries = new RetryBudget(Duration.ofSeconds(20), Duration.ofMillis(300));
        try (var service = new FakeService(new Answer.Hang(), FakeService.token("ghs_x"))) {
            assertThat(exchange(service.address(), retries)).isEqualTo(TOKEN);
        }
    }

    @Test
    void gives_up_on_an_answer_that_never_ends() throws Exception {
        var dripped = new Answer.Dripped(FakeService.token("ghs_x"), Duration.ofMillis(100));
        var retries = new RetryBudget(Duration.ofMillis(300), Duration.ofMillis(300));
        try (var service = new FakeService(dripped);
                var punctual = FakeService.network(TimeSource.REAL)) {
            var answer = new StsClient(service.address(), punctual, retries).exchange(IDENTITY, "o/r", "i");
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            it -> assertThat(it.reason()).contains("no whole answer from 127.0.0.1:", "within 0."));
        }
    }

    @Test
    void does_not_insist_on_a_name_that_nobody_has() throws Exception {
        assertThat(exchange(ServiceAddress.of("https://sts.invalid"), PATIENCE))
                .isEqualTo(new Unreachable("the name sts.invalid cannot be resolved"));
        assertThat(timing.pauses()).isEmpty();
    }

    @Test
    void does_not_insist_where_tls_is_not_spoken() throws Exception {
        try (var service = new FakeService(FakeService.token("ghs_x"))) {
            var address = ServiceAddress.of(service.url().replace("http:", "https:"));
            assertThat(exchange(address, PATIENCE))
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            it -> assertThat(it.reason()).contains("no secure connection to 127.0.0.1:"));
        }
        assertThat(timing.pauses()).isEmpty();
    }

    @Test
    void does_not_insist_on_what_is_not_http() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> greet(socket));
            var address = ServiceAddress.of("http://127.0.0.1:" + socket.getLocalPort());
            assertThat(exchange(address, PATIENCE))
                    .isInstanceOfSatisfying(
                            Unreachable.class, it -> assertThat(it.reason()).contains("does not answer in HTTP"));
        }
    }

    private static void greet(ServerSocket socket) {
        try (var connection = socket.accept()) {
            connection
                    .getOutputStream()
                    .write("SSH-2.0-Example and nothing more\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // The caller left.
        }
    }
}
