package dev.octosts.exchange.issuer;

import static dev.octosts.exchange.bearer.TestServer.answer;
import static dev.octosts.exchange.issuer.IssuerClientFixture.LOOPBACK;
import static dev.octosts.exchange.issuer.IssuerClientFixture.client;
import static dev.octosts.exchange.issuer.IssuerClientFixture.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.exchange.bearer.TestServer;
import dev.octosts.exchange.issuer.AddressGuard.NameLookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the client connects to, and where it does not. */
@Timeout(30)
class IssuerClientAddressesTest {
    private IssuerClientFixture world;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        world = new IssuerClientFixture();
        server = world.server;
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
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

        world.assertFinal("/doc");
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
        assertThatThrownBy(() -> world.client.fetch(
                        "https://issuer.example", URI.create(address), Deadline.in(Duration.ofSeconds(5))))
                .isInstanceOf(IssuerException.class)
                .isNotInstanceOf(IssuerException.Transient.class);
    }

    @Test
    void does_not_call_this_machine_unless_told_so() {
        try (IssuerClient strict = client(PermittedIssuers.anyPublicIssuer(), null, InetAddress::getAllByName)) {
            assertThatThrownBy(() -> strict.fetch(
                            "https://issuer.example",
                            URI.create(world.base + "/doc"),
                            Deadline.in(Duration.ofSeconds(5))))
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
        URI address = URI.create(world.base.replace("127.0.0.1", "localhost") + "/doc");
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
}
