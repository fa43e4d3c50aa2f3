package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.app.GoSdk;
import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.StsClient;
import dev.octosts.sandbox.tls.CertificateAuthority;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 and gRPC as clients speak it that others wrote, with TLS and without. */
class OtherClientsTest {

    private static final Instant EXPIRY = Instant.parse("2026-11-29T13:00:00Z");

    private final CertificateAuthority authority = CertificateAuthority.create();

    private EdgeServer secure() {
        return new EdgeServer(
                64,
                1 << 20,
                true,
                Tls.builder().sslContext(authority.serverContext()).build());
    }

    private ExchangeAnswer exchange(String address) throws InterruptedException {
        return exchange(address, Optional.empty());
    }

    private ExchangeAnswer exchange(String address, Optional<ProxySelector> proxies) throws InterruptedException {
        var settings = new Network.NetworkSettings("test/1", proxies, Optional.of(authority.clientContext()));
        try (var network = new Network(settings)) {
            return new StsClient(ServiceAddress.of(address), network, RetryBudget.once(Duration.ofSeconds(20)))
                    .exchangeOverGrpc(new IdentityToken("a.b.c"), "o/r", "ci");
        }
    }

    @Test
    void serves_the_jdk_over_tls_in_http_2() throws IOException, InterruptedException {
        try (var server = secure();
                var client = HttpClient.newBuilder()
                        .sslContext(authority.clientContext())
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/live"))
                    .build();
            for (int time = 0; time < 3; time++) {
                var response = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(response.body()).isEqualTo("served!");
            }
            assertThat(server.connections.number()).isEqualTo(1);
        }
    }

    @Test
    void goes_on_serving_http_1_over_tls() throws IOException, InterruptedException {
        try (var server = secure();
                var client = HttpClient.newBuilder()
                        .sslContext(authority.clientContext())
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/live"))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .version())
                    .isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    @Test
    void serves_our_own_client_with_tls_and_without() throws InterruptedException {
        try (var server = secure()) {
            assertThat(exchange("https://localhost:" + server.port()))
                    .isEqualTo(new ExchangeAnswer.Token("ghs_ci", Optional.of(EXPIRY)));
        }
        try (var server = new EdgeServer(64, 1 << 20)) {
            assertThat(exchange("http://127.0.0.1:" + server.port()))
                    .isEqualTo(new ExchangeAnswer.Token("ghs_ci", Optional.of(EXPIRY)));
        }
    }

    @Test
    void tells_our_own_client_why_it_refuses() throws InterruptedException {
        try (var server = new EdgeServer(64, 1 << 20)) {
            server.exchange = _ -> new ExchangeResult.Refused(new Problem(ProblemCode.NOT_FOUND, "100 % für dich"));

            assertThat(exchange("http://127.0.0.1:" + server.port()))
                    .isInstanceOfSatisfying(ExchangeAnswer.Refused.class, refused -> {
                        assertThat(refused.code()).isEqualTo(5);
                        assertThat(refused.message()).isEqualTo("100 % für dich");
                        assertThat(refused.requestId()).isPresent();
                        assertThat(refused.isTemporary()).isFalse();
                    });
            server.exchange = _ -> new ExchangeResult.Refused(new Problem(ProblemCode.UNAVAILABLE, "busy"));
            assertThat(exchange("http://127.0.0.1:" + server.port()))
                    .isInstanceOfSatisfying(
                            ExchangeAnswer.Refused.class,
                            refused -> assertThat(refused.isTemporary()).isTrue());
        }
    }

    @Test
    void tells_our_own_client_that_a_server_has_no_grpc() throws InterruptedException {
        try (var server = new EdgeServer(64, 1 << 20, false)) {
            var address = "http://127.0.0.1:" + server.port();

            assertThat(exchange(address))
                    .isEqualTo(new ExchangeAnswer.Unreachable(
                            address + " closed the connection before the call; it may not speak gRPC over HTTP/2"));
        }
    }

    @Test
    void says_that_grpc_does_not_go_through_a_proxy() throws InterruptedException {
        var proxies = Optional.of(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)));

        assertThat(exchange("https://sts.example.com", proxies))
                .isEqualTo(new ExchangeAnswer.Unreachable(
                        "gRPC does not go through a proxy; use HTTP, or name sts.example.com in NO_PROXY"));
    }

    @Test
    void says_that_nobody_listens() throws InterruptedException {
        String address;
        try (var server = new EdgeServer(64, 1 << 20)) {
            address = "http://127.0.0.1:" + server.port();
        }

        assertThat(exchange(address))
                .isInstanceOfSatisfying(
                        ExchangeAnswer.Unreachable.class,
                        unreachable -> assertThat(unreachable.reason()).contains("nobody listens there"));
    }

    @Test
    void serves_the_chainguard_sdk_over_tls(@TempDir Path folder) throws IOException, InterruptedException {
        try (var server = secure()) {
            var sdk = GoSdk.build(folder).trusting(authority.writePem(folder.resolve("ca.pem")));
            var address = "https://localhost:" + server.port();

            assertThat(sdk.ask("grpc", address, "o/r", "ci", "a.b.c")).isEqualTo("token " + EXPIRY + " ghs_ci");

            server.exchange = _ -> new ExchangeResult.Refused(new Problem(ProblemCode.NOT_FOUND, "100 % für dich"));
            assertThat(sdk.ask("grpc", address, "o/r", "ci", "a.b.c")).isEqualTo("refused NotFound 100 % für dich");
        }
    }
}
