package dev.octosts.app.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import dev.octosts.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class SinkClientTest {

    private static final SinkClient.Limits IMPATIENT =
            new SinkClient.Limits(Duration.ofMillis(700), Duration.ofMillis(1_500));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    private URI sink(Answer answer, @Nullable SSLContext tls) {
        var server = LoopbackServer.start(
                request -> {
                    requests.add(request);
                    return answer;
                },
                0,
                tls);
        open.add(server);
        return URI.create((tls == null ? "http" : "https") + "://localhost:" + server.port() + "/ingress?key=s3cret");
    }

    private SinkClient client(URI address, Egress egress) {
        var client = new SinkClient(address, egress, 4, IMPATIENT);
        open.add(client);
        return client;
    }

    private SinkAnswer send(Answer answer) throws NoSuchAlgorithmException {
        return client(sink(answer, null), direct()).send(Message.of(TestEvents.event("a")));
    }

    private static Egress direct() throws NoSuchAlgorithmException {
        return new Egress(SSLContext.getDefault(), Optional.empty());
    }

    @Test
    void speaks_the_binary_mode() throws NoSuchAlgorithmException {
        assertThat(send(Reply.empty(202))).isEqualTo(new SinkAnswer.Accepted());

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/ingress");
            assertThat(request.parameter("key")).contains("s3cret");
            assertThat(request.header("ce-specversion")).contains("1.0");
            assertThat(request.header("ce-id")).contains("a");
            assertThat(request.header("ce-type")).contains("dev.octo-sts.exchange");
            assertThat(request.header("ce-source")).contains("https://sts.example.com");
            assertThat(request.header("ce-subject")).contains("octo-org/octo-repo/ci");
            assertThat(request.header("ce-time")).contains("2026-11-26T17:00:00Z");
            assertThat(request.header("content-type")).contains("application/json");
            assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo("{\"text\":\"said\"}");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204})
    void takes_every_success_for_one(int status) throws NoSuchAlgorithmException {
        assertThat(send(Reply.empty(status))).isEqualTo(new SinkAnswer.Accepted());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 413})
    void takes_what_another_try_would_not_change_for_final(int status) throws NoSuchAlgorithmException {
        assertThat(send(Reply.empty(status).with("Location", "/elsewhere")))
                .isEqualTo(new SinkAnswer.Refused("status " + status));
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void wants_to_try_again_when_the_sink_is_in_trouble(int status) throws NoSuchAlgorithmException {
        assertThat(send(Reply.empty(status))).isEqualTo(new SinkAnswer.Failed("status " + status, Duration.ZERO));
        assertThat(requests).hasSize(1);
    }

    @Test
    void hears_how_long_the_sink_wants_to_be_left_alone_within_reason() throws NoSuchAlgorithmException {
        assertThat(send(Reply.empty(503).with("Retry-After", "7")))
                .isEqualTo(new SinkAnswer.Failed("status 503", Duration.ofSeconds(7)));
        assertThat(send(Reply.empty(503).with("Retry-After", "86400")))
                .isEqualTo(new SinkAnswer.Failed("status 503", Duration.ofMinutes(1)));
        assertThat(send(Reply.empty(503).with("Retry-After", "soon")))
                .isEqualTo(new SinkAnswer.Failed("status 503", Duration.ZERO));
    }

    /** The answers take five minutes, or do not come at all. */
    @Test
    @Timeout(60)
    void gives_up_a_try_after_a_bounded_time_and_does_not_say_the_address() throws NoSuchAlgorithmException {
        var dripping = new Answer.Dripped(
                Reply.of(503, "text/plain", "x".repeat(1_000).getBytes(StandardCharsets.US_ASCII)),
                Duration.ofMillis(300));
        for (Answer answer : List.of(new Answer.Hang(), new Answer.Reset(), dripping)) {
            assertThat(send(answer))
                    .isInstanceOfSatisfying(
                            SinkAnswer.Failed.class,
                            failed -> assertThat(failed.why()).doesNotContain("s3cret", "localhost"));
        }
    }

    @Test
    void does_not_read_what_the_sink_has_to_tell() throws NoSuchAlgorithmException {
        var novel = Reply.of(200, "text/plain", new byte[8 * 1024 * 1024]);

        assertThat(send(novel)).isEqualTo(new SinkAnswer.Accepted());
    }

    @Test
    void speaks_tls_with_those_alone_whom_it_is_told_to_trust() throws NoSuchAlgorithmException {
        var authority = CertificateAuthority.create();
        URI address = sink(Reply.empty(202), authority.serverContext());
        var message = Message.of(TestEvents.event("a"));

        assertThat(client(address, direct()).send(message)).isInstanceOf(SinkAnswer.Failed.class);
        assertThat(requests).isEmpty();
        assertThat(client(address, new Egress(authority.clientContext(), Optional.empty()))
                        .send(message))
                .isEqualTo(new SinkAnswer.Accepted());
    }

    @Test
    void goes_through_the_proxy() throws NoSuchAlgorithmException {
        URI proxy = sink(Reply.empty(202), null);
        var egress = new Egress(SSLContext.getDefault(), Optional.of(new OneProxy(proxy.getPort())));

        var answer =
                client(URI.create("http://events.example.invalid/"), egress).send(Message.of(TestEvents.event("a")));

        assertThat(answer).isEqualTo(new SinkAnswer.Accepted());
        assertThat(requests).hasSize(1);
    }

    private static final class OneProxy extends ProxySelector {

        private final int port;

        OneProxy(int port) {
            this.port = port;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", port)));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void escapes_in_headers_what_would_break_out_of_them() {
        assertThat(Message.encoded("a/b c\r\nX: y\"%é😀")).isEqualTo("a/b%20c%0D%0AX:%20y%22%25%C3%A9%F0%9F%98%80");
        assertThat(Message.encoded("😀".repeat(10_000)).length()).isLessThan(2_100);
        assertThat(Message.of(TestEvents.event("a", "x\ny", "")).headers())
                .containsAllEntriesOf(Map.of("ce-subject", "x%0Ay"));
    }
}
