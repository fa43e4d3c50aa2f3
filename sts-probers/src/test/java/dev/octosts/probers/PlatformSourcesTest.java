package dev.octosts.probers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The token services of cloud platforms. */
class PlatformSourcesTest {

    private static final String TOKEN = "e30.e30.c2ln";
    private static final RetryBudget ONCE = RetryBudget.once(Duration.ofSeconds(10));

    private final Network network = FakeService.network(new FakeTiming());

    @AfterEach
    void close() {
        network.close();
    }

    private static Reply text(int status, String body) {
        return Reply.of(status, "text/plain", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String host(FakeService service) {
        return service.url().substring("http://".length());
    }

    private static void obtained(Result result) {
        assertThat(result).isEqualTo(new Result.Obtained(new IdentityToken(TOKEN)));
    }

    @Test
    void asks_googles_metadata_server() throws Exception {
        try (var service = new FakeService(text(200, TOKEN + "\n"))) {
            obtained(IdentityTokenSource.ofGoogle(Map.of("GCE_METADATA_HOST", host(service)), network, ONCE)
                    .obtain("https://a b"));
            var request = service.requests().getFirst();
            assertThat(request).hasToString("GET /computeMetadata/v1/instance/service-accounts/default/identity");
            assertThat(request.header("metadata-flavor")).contains("Google");
            assertThat(request.parameter("audience")).contains("https://a b");
            assertThat(request.header("authorization")).isEmpty();
        }
    }

    @Test
    void asks_azure_where_it_hosts() throws Exception {
        try (var service = new FakeService(Reply.json(200, "{\"access_token\":\"" + TOKEN + "\"}"))) {
            obtained(IdentityTokenSource.ofAzure(
                            Map.of(
                                    "IDENTITY_ENDPOINT", service.url() + "/msi/token",
                                    "IDENTITY_HEADER", "secret",
                                    "AZURE_CLIENT_ID", "me"),
                            network,
                            ONCE)
                    .obtain("api://sts"));
            var request = service.requests().getFirst();
            assertThat(request).hasToString("GET /msi/token");
            assertThat(request.header("x-identity-header")).contains("secret");
            assertThat(request.parameter("resource")).contains("api://sts");
            assertThat(request.parameter("client_id")).contains("me");
        }
    }

    @Test
    void asks_aws_with_a_signature() throws Exception {
        try (var service = new FakeService(text(
                200,
                "<GetWebIdentityTokenResponse><GetWebIdentityTokenResult><WebIdentityToken>" + TOKEN
                        + "</WebIdentityToken></GetWebIdentityTokenResult></GetWebIdentityTokenResponse>"))) {
            obtained(IdentityTokenSource.ofAws(aws(service), network, ONCE).obtain("sts.example.com"));
            var request = service.requests().getFirst();
            assertThat(request).hasToString("POST /");
            assertThat(new String(request.body(), StandardCharsets.UTF_8))
                    .contains("Action=GetWebIdentityToken", "&Audience.member.1=sts.example.com");
            assertThat(request.header("authorization").orElse("")).startsWith("AWS4-HMAC-SHA256 Credential=AKID/");
            assertThat(request.header("x-amz-security-token")).contains("session");
        }
    }

    @Test
    void asks_aws_with_the_credentials_of_the_container() throws Exception {
        try (var service = new FakeService(
                Reply.json(200, "{\"AccessKeyId\":\"AKID\",\"SecretAccessKey\":\"s\",\"Token\":\"t\"}"),
                text(200, "<WebIdentityToken>" + TOKEN + "</WebIdentityToken>"))) {
            obtained(IdentityTokenSource.ofAws(
                            Map.of(
                                    "AWS_REGION",
                                    "eu-central-1",
                                    "AWS_ENDPOINT_URL_STS",
                                    service.url() + "/",
                                    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                                    service.url() + "/v1/credentials",
                                    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                                    "pod"),
                            network,
                            ONCE)
                    .obtain("a"));
            assertThat(service.requests()).map(Object::toString).containsExactly("GET /v1/credentials", "POST /");
            assertThat(service.requests().getFirst().header("authorization")).contains("pod");
        }
    }

    private static Map<String, String> aws(FakeService service) {
        return Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ENDPOINT_URL_STS", service.url() + "/",
                "AWS_ACCESS_KEY_ID", "AKID",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_SESSION_TOKEN", "session");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(text(404, "no"), "HTTP 404"),
                Arguments.of(text(200, "<html> </html>"), "token"),
                Arguments.of(Reply.json(200, "{}"), "token"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void say_when_there_is_no_token(Answer answer, String part) throws Exception {
        try (var service = new FakeService(answer)) {
            for (var source : new IdentityTokenSource[] {
                IdentityTokenSource.ofGoogle(Map.of("GCE_METADATA_HOST", host(service)), network, ONCE),
                IdentityTokenSource.ofAzure(
                        Map.of("IDENTITY_ENDPOINT", service.url(), "IDENTITY_HEADER", "x"), network, ONCE),
                IdentityTokenSource.ofAws(aws(service), network, ONCE)
            }) {
                assertThat(source.obtain("a"))
                        .isInstanceOfSatisfying(
                                Result.Missing.class,
                                it -> assertThat(it.reason()).contains(part));
            }
        }
    }

    @Test
    void never_go_through_a_proxy_to_metadata() {
        var direct = GoogleSource.MetadataRoute.around(Optional.of(new java.net.ProxySelector() {
            @Override
            public java.util.List<java.net.Proxy> select(java.net.URI address) {
                throw new AssertionError("asked for " + address);
            }

            @Override
            public void connectFailed(
                    java.net.URI address, java.net.SocketAddress proxy, java.io.IOException failure) {}
        }));
        assertThat(direct.select(java.net.URI.create("http://metadata.google.internal/x")))
                .containsExactly(java.net.Proxy.NO_PROXY);
        assertThat(direct.select(java.net.URI.create("http://169.254.169.254/x")))
                .containsExactly(java.net.Proxy.NO_PROXY);
    }
}
