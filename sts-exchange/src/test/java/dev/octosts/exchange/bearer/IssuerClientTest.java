package dev.octosts.exchange.bearer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.octosts.exchange.bearer.HostRules.NameLookup;
import dev.octosts.exchange.bearer.IssuerRules.Lifetimes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class IssuerClientTest {
    private static final IssuerRules LOOPBACK = new IssuerRules(Set.of(), true, false, Lifetimes.standard());

    private final Map<String, HttpHandler> pages = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer server;
    private IssuerClient client;
    private String base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            pages.getOrDefault(exchange.getRequestURI().getPath(), e -> answer(e, 404, "no"))
                    .handle(exchange);
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        client = client(LOOPBACK, null, InetAddress::getAllByName);
    }

    @AfterEach
    void stop() {
        never.countDown();
        client.close();
        server.stop(0);
    }

    private static IssuerClient client(IssuerRules rules, @Nullable ProxySelector proxies, NameLookup names) {
        try {
            return new IssuerClient(rules, SSLContext.getDefault(), proxies, names);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static HttpHandler redirect(int status, String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            answer(exchange, status, "");
        };
    }

    private String fetch(String path) throws IssuerException {
        return new String(
                client.fetch(URI.create(base + path), Deadline.in(Duration.ofSeconds(5))), StandardCharsets.UTF_8);
    }

    private void assertFinal(String path) {
        assertThatExceptionOfType(IssuerException.class)
                .isThrownBy(() -> fetch(path))
                .isNotInstanceOf(TransientIssuerException.class);
    }

    private void assertTransient(String path) {
        assertThatExceptionOfType(TransientIssuerException.class).isThrownBy(() -> fetch(path));
    }

    @Test
    void reads_a_document_of_any_type() throws IssuerException {
        pages.put("/doc", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            assertThat(exchange.getRequestHeaders())
                    .doesNotContainKeys("Accept-encoding", "Cookie", "Authorization", "Upgrade");
            answer(exchange, 200, "{}");
        });

        assertThat(fetch("/doc")).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void may_be_asked_again_after_status(int status) {
        pages.put("/doc", exchange -> answer(exchange, status, "later"));

        assertTransient("/doc");
        assertThat(calls).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 304, 400, 401, 403, 404, 410})
    void gives_up_after_status(int status) {
        pages.put("/doc", exchange -> answer(exchange, status, ""));

        assertFinal("/doc");
    }

    @Test
    void may_be_asked_again_after_a_reset() {
        pages.put("/doc", HttpExchange::close);

        assertTransient("/doc");
        assertThat(calls).hasValue(1);
    }

    @Test
    void may_be_asked_again_after_half_an_answer() {
        pages.put("/doc", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            exchange.close();
        });

        assertTransient("/doc");
    }

    @Test
    void takes_what_comes_within_a_second_and_a_half() throws IssuerException {
        pages.put("/doc", exchange -> {
            await(Duration.ofMillis(1450));
            answer(exchange, 200, "{}");
        });

        assertThat(fetch("/doc")).isEqualTo("{}");
    }

    @Test
    void does_not_wait_for_an_answer_that_does_not_come() {
        pages.put("/doc", _ -> await(Duration.ofSeconds(20)));

        assertEndsInTime("/doc");
    }

    @Test
    void does_not_wait_for_an_answer_that_drips() {
        pages.put("/doc", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
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
        assertThatThrownBy(() -> client.fetch(URI.create(base + "/doc"), Deadline.in(Duration.ZERO)))
                .isInstanceOf(IssuerException.class)
                .isNotInstanceOf(TransientIssuerException.class);
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"102400,true", "102401,false", "10000000,false"})
    void reads_at_most_100_kib(int size, boolean read) throws IssuerException {
        pages.put("/doc", exchange -> answer(exchange, 200, "x".repeat(size)));
        pages.put("/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("x".repeat(size).getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        for (String path : List.of("/doc", "/chunked")) {
            if (read) {
                assertThat(fetch(path)).hasSize(size);
            } else {
                assertFinal(path);
            }
        }
    }

    @Test
    void does_not_read_endless_headers() {
        pages.put("/long", exchange -> {
            exchange.getResponseHeaders().set("X-Long", "x".repeat(20_000));
            answer(exchange, 200, "{}");
        });
        pages.put("/many", exchange -> {
            for (int i = 0; i < 500; i++) {
                exchange.getResponseHeaders().set("X-" + i, "x");
            }
            answer(exchange, 200, "{}");
        });

        assertFinal("/long");
        assertFinal("/many");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void follows_redirect(int status) throws IssuerException {
        pages.put("/doc", redirect(status, "/other?x=y"));
        pages.put(
                "/other",
                exchange -> answer(exchange, 200, exchange.getRequestURI().getQuery()));

        assertThat(fetch("/doc")).isEqualTo("x=y");
    }

    @Test
    void does_not_follow_redirects_without_end() {
        pages.put("/doc", redirect(302, "/doc"));

        assertFinal("/doc");
        assertThat(calls).hasValue(6);
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
        pages.put("/doc", redirect(302, location));

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
        assertThatThrownBy(() -> client.fetch(URI.create(address), Deadline.in(Duration.ofSeconds(5))))
                .isInstanceOf(IssuerException.class)
                .isNotInstanceOf(TransientIssuerException.class);
    }

    @Test
    void does_not_call_this_machine_unless_told_so() {
        try (IssuerClient strict = client(IssuerRules.anyPublicIssuer(), null, InetAddress::getAllByName)) {
            assertThatThrownBy(() -> strict.fetch(URI.create(base + "/doc"), Deadline.in(Duration.ofSeconds(5))))
                    .isInstanceOf(IssuerException.class)
                    .isNotInstanceOf(TransientIssuerException.class);
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void connects_to_the_address_that_was_judged() throws IssuerException {
        AtomicInteger lookups = new AtomicInteger();
        NameLookup rebinding = host -> {
            assertThat(host).isEqualTo("localhost");
            String address = lookups.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2";
            return new InetAddress[] {InetAddress.ofLiteral(address)};
        };
        pages.put("/doc", exchange -> answer(exchange, 200, "{}"));
        URI address = URI.create(base.replace("127.0.0.1", "localhost") + "/doc");
        try (IssuerClient rebound = client(LOOPBACK, null, rebinding)) {
            assertThat(rebound.fetch(address, Deadline.in(Duration.ofSeconds(5))))
                    .hasSize(2);
        }
        assertThat(lookups).hasValue(1);
        try (IssuerClient rebound = client(LOOPBACK, null, rebinding)) {
            assertThatThrownBy(() -> rebound.fetch(address, Deadline.in(Duration.ofSeconds(5))))
                    .isInstanceOf(IssuerException.class)
                    .hasMessageContaining("127.0.0.2");
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void leaves_the_address_to_a_proxy_but_not_the_name() throws IssuerException {
        ProxySelector proxies = new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(Proxy.Type.HTTP, server.getAddress()));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException cause) {}
        };
        pages.put(
                "/doc",
                exchange -> answer(exchange, 200, exchange.getRequestURI().toString()));
        NameLookup none = host -> {
            throw new IllegalStateException("looked up " + host);
        };
        try (IssuerClient proxied = client(LOOPBACK, proxies, none)) {
            assertThat(proxied.fetch(URI.create("http://localhost:1/doc"), Deadline.in(Duration.ofSeconds(5))))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("http://localhost:1/doc");
            assertThatThrownBy(
                            () -> proxied.fetch(URI.create("https://10.0.0.1/doc"), Deadline.in(Duration.ofSeconds(5))))
                    .isInstanceOf(IssuerException.class)
                    .isNotInstanceOf(TransientIssuerException.class);
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void says_in_one_printable_line_what_failed() {
        pages.put("/doc", redirect(302, "/x\u00e9"));

        assertThatThrownBy(() -> fetch("/doc")).message().contains(base).matches("[ -~]+");
    }
}
