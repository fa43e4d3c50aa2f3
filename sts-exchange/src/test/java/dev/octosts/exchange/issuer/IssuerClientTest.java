package dev.octosts.exchange.issuer;

import static dev.octosts.exchange.bearer.TestServer.answer;
import static dev.octosts.exchange.bearer.TestServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.api.Egress;
import dev.octosts.exchange.bearer.TestServer;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.issuer.AddressGuard.NameLookup;
import dev.octosts.exchange.issuer.PermittedIssuers.Lifetimes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class IssuerClientTest {
    private static final PermittedIssuers LOOPBACK = new PermittedIssuers(Set.of(), true, false, Lifetimes.standard());

    private static final String DOCUMENT = "{\"issuer\":\"https://issuer.example\"}";

    private final CountDownLatch never = new CountDownLatch(1);
    private TestServer server;
    private IssuerClient client;
    private String base;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        base = "http://127.0.0.1:" + server.port();
        client = client(LOOPBACK, null, InetAddress::getAllByName);
    }

    @AfterEach
    void stop() throws IOException {
        never.countDown();
        client.close();
        server.close();
    }

    private static IssuerClient client(PermittedIssuers permitted, @Nullable ProxySelector proxies, NameLookup names) {
        try {
            return new IssuerClient(
                    permitted,
                    IssuersFile.none(),
                    TestVerifiers.reputation(permitted, IssuersFile.none()),
                    new Egress(SSLContext.getDefault(), Optional.ofNullable(proxies)),
                    names);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestServer.Page redirect(int status, String location) {
        return answer(status, "", "Location: " + location);
    }

    private String fetch(String path) throws IssuerException {
        return new String(
                client.fetch("https://issuer.example", URI.create(base + path), Deadline.in(Duration.ofSeconds(5))),
                StandardCharsets.UTF_8);
    }

    private void assertFinal(String path) {
        assertThatExceptionOfType(IssuerException.class)
                .isThrownBy(() -> fetch(path))
                .isNotInstanceOf(IssuerException.Transient.class);
    }

    private void assertTransient(String path) {
        assertThatExceptionOfType(IssuerException.Transient.class).isThrownBy(() -> fetch(path));
    }

    @Test
    void reads_a_document_of_any_type() throws IssuerException {
        List<String> headers = new CopyOnWriteArrayList<>();
        server.page("/doc", (request, answer) -> {
            headers.addAll(request.headers());
            answer(200, "{}", "Content-Type: text/html").answer(request, answer);
        });

        assertThat(fetch("/doc")).isEqualTo("{}");
        assertThat(headers)
                .contains("accept: application/json, application/jwk-set+json")
                .noneMatch(h -> h.matches("(accept-encoding|cookie|authorization|upgrade):.*"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void may_be_asked_again_after_status(int status) {
        server.page("/doc", answer(status, "later"));

        assertTransient("/doc");
        assertThat(server.calls).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 304, 400, 401, 403, 404, 410})
    void gives_up_after_status(int status) {
        server.page("/doc", answer(status, ""));

        assertFinal("/doc");
    }

    @Test
    void may_be_asked_again_after_a_reset() {
        server.page("/doc", (_, _) -> {});

        assertTransient("/doc");
        assertThat(server.calls).hasValue(1);
    }

    @Test
    void may_be_asked_again_after_half_an_answer() {
        server.page("/doc", (_, answer) -> write(answer, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));

        assertTransient("/doc");
    }

    @Test
    void takes_what_comes_within_a_second_and_a_half() throws IssuerException {
        server.page("/doc", (request, answer) -> {
            await(Duration.ofMillis(1450));
            answer(200, "{}").answer(request, answer);
        });

        assertThat(fetch("/doc")).isEqualTo("{}");
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
        assertTransient(path);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1400), Duration.ofMillis(2500));
    }

    @Test
    void stops_when_the_load_has_no_time_left() {
        assertThatThrownBy(() ->
                        client.fetch("https://issuer.example", URI.create(base + "/doc"), Deadline.in(Duration.ZERO)))
                .isInstanceOf(IssuerException.class)
                .isNotInstanceOf(IssuerException.Transient.class);
        assertThat(server.calls).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"102400,true", "102401,false", "10000000,false"})
    void reads_at_most_100_kib(int size, boolean read) throws IssuerException {
        server.page("/doc", answer(200, "x".repeat(size)));
        server.page("/chunked", (_, answer) -> {
            write(answer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            write(answer, Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n0\r\n\r\n");
        });
        server.page("/unannounced", (_, answer) -> write(answer, "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(size)));
        for (String path : List.of("/doc", "/chunked", "/unannounced")) {
            if (read) {
                assertThat(fetch(path)).hasSize(size);
            } else {
                assertFinal(path);
            }
        }
    }

    @Test
    void reads_a_header_line_of_16_kb() throws IssuerException {
        server.page("/doc", answer(200, "{}", "Content-Security-Policy: " + "x".repeat(16_000)));

        assertThat(fetch("/doc")).isEqualTo("{}");
    }

    static Stream<Arguments> encodings() throws IOException {
        return Stream.of(
                Arguments.of("gzip", compressed(GZIPOutputStream::new, DOCUMENT)),
                Arguments.of("X-GZIP", compressed(GZIPOutputStream::new, DOCUMENT)),
                Arguments.of("deflate", compressed(DeflaterOutputStream::new, DOCUMENT)),
                Arguments.of("deflate", compressed(IssuerClientTest::withoutHeader, DOCUMENT)),
                Arguments.of("identity", DOCUMENT));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void reads_what_comes_encoded_although_nobody_asked(String encoding, String body) throws IssuerException {
        server.page("/doc", answer(200, body, "Content-Encoding: " + encoding));

        assertThat(fetch("/doc")).isEqualTo(DOCUMENT);
    }

    static Stream<Arguments> bombs() throws IOException {
        String many = " ".repeat(30_000_000);
        String empty = compressed(GZIPOutputStream::new, "");
        return Stream.of(
                Arguments.of("gzip", compressed(GZIPOutputStream::new, many)),
                Arguments.of("deflate", compressed(DeflaterOutputStream::new, many)),
                Arguments.of("deflate", compressed(IssuerClientTest::withoutHeader, many)),
                Arguments.of("gzip", empty.repeat(6_000)),
                Arguments.of("gzip", "not compressed"),
                Arguments.of("br", "{}"),
                Arguments.of("gzip, gzip", "{}"));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void refuses_what_does_not_end_within_the_limit_or_cannot_be_read(String encoding, String body) {
        server.page("/doc", answer(200, body, "Content-Encoding: " + encoding));

        assertFinal("/doc");
    }

    private interface Compression {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static OutputStream withoutHeader(OutputStream out) {
        return new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
    }

    private static String compressed(Compression compression, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = compression.over(bytes)) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void does_not_read_endless_headers() {
        String[] lines = new String[20];
        Arrays.setAll(lines, i -> "X-Line-" + i + ": " + "x".repeat(8_000));
        server.page("/sum", answer(200, "{}", lines));
        assertFinal("/sum");
        server.page("/long", answer(200, "{}", "X-Long: " + "x".repeat(20_000)));
        server.page("/many", answer(200, "{}", "X-Many: x\r\n".repeat(499) + "X-Many: x"));

        assertFinal("/long");
        assertFinal("/many");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void follows_redirect(int status) throws IssuerException {
        server.page("/doc", redirect(status, "/other?x=y"));
        server.page("/other", (request, answer) -> answer(200, request.target()).answer(request, answer));

        assertThat(fetch("/doc")).isEqualTo("/other?x=y");
    }

    @Test
    void does_not_follow_redirects_without_end() {
        server.page("/doc", redirect(302, "/doc"));

        assertFinal("/doc");
        assertThat(server.calls).hasValue(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data", "http://127.0.0.2/", "https://127.0.0.2/",
                        "http://10.0.0.1/", "https://10.0.0.1/",
                "https://[::ffff:169.254.169.254]/", "https://user@127.0.0.1/", "http://example.com/",
                        "file:///etc/passwd", "ftp://127.0.0.1/",
                "//127.0.0.2/", "::", "https://a b/", ""
            })
    void does_not_follow_a_redirect_to(String location) {
        server.page("/doc", redirect(302, location));

        assertFinal("/doc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/jwks",
                "http://127.0.0.2:80/jwks",
                "ftp://127.0.0.1/",
                "https:///x",
                "",
                "/jwks",
                "https://a_b/"
            })
    void does_not_call(String address) {
        assertThatThrownBy(() ->
                        client.fetch("https://issuer.example", URI.create(address), Deadline.in(Duration.ofSeconds(5))))
                .isInstanceOf(IssuerException.class)
                .isNotInstanceOf(IssuerException.Transient.class);
    }

    @Test
    void does_not_call_this_machine_unless_told_so() {
        try (IssuerClient strict = client(PermittedIssuers.anyPublicIssuer(), null, InetAddress::getAllByName)) {
            assertThatThrownBy(() -> strict.fetch(
                            "https://issuer.example", URI.create(base + "/doc"), Deadline.in(Duration.ofSeconds(5))))
                    .isInstanceOf(IssuerException.class)
                    .isNotInstanceOf(IssuerException.Transient.class);
        }
        assertThat(server.calls).hasValue(0);
    }

    @Test
    void connects_to_the_address_that_was_judged() throws IssuerException {
        AtomicInteger lookups = new AtomicInteger();
        NameLookup rebinding = host -> {
            assertThat(host).isEqualTo("localhost");
            String address = lookups.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2";
            return new InetAddress[] {InetAddress.ofLiteral(address)};
        };
        server.page("/doc", answer(200, "{}"));
        URI address = URI.create(base.replace("127.0.0.1", "localhost") + "/doc");
        try (IssuerClient rebound = client(LOOPBACK, null, rebinding)) {
            assertThat(rebound.fetch("https://issuer.example", address, Deadline.in(Duration.ofSeconds(5))))
                    .hasSize(2);
        }
        assertThat(lookups).hasValue(1);
        try (IssuerClient rebound = client(LOOPBACK, null, rebinding)) {
            assertThatThrownBy(
                            () -> rebound.fetch("https://issuer.example", address, Deadline.in(Duration.ofSeconds(5))))
                    .isInstanceOf(IssuerException.class)
                    .hasMessageContaining("127.0.0.2");
        }
        assertThat(server.calls).hasValue(1);
    }

    @Test
    void leaves_the_address_to_a_proxy_but_not_the_name() throws IssuerException {
        ProxySelector proxies = new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(
                        Proxy.Type.HTTP, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port())));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException cause) {}
        };
        server.page("/doc", (request, answer) -> answer(200, request.target()).answer(request, answer));
        NameLookup none = host -> {
            throw new IllegalStateException("looked up " + host);
        };
        try (IssuerClient proxied = client(LOOPBACK, proxies, none)) {
            assertThat(proxied.fetch(
                            "https://issuer.example",
                            URI.create("http://localhost:1/doc"),
                            Deadline.in(Duration.ofSeconds(5))))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("http://localhost:1/doc");
            assertThatThrownBy(() -> proxied.fetch(
                            "https://issuer.example",
                            URI.create("https://10.0.0.1/doc"),
                            Deadline.in(Duration.ofSeconds(5))))
                    .isInstanceOf(IssuerException.class)
                    .isNotInstanceOf(IssuerException.Transient.class);
        }
        assertThat(server.calls).hasValue(1);
    }

    @Test
    void says_in_one_printable_line_what_failed() {
        server.page("/doc", redirect(302, "/x\u00e9"));

        assertThatThrownBy(() -> fetch("/doc")).message().contains(base).matches("[ -~]+");
    }
}
