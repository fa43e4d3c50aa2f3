package dev.octosts.probers;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.Installation;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenRevokerTest {

    private static final RetryBudget PATIENCE = RetryBudget.of(Duration.ofSeconds(20));

    @Test
    void makes_a_token_worthless() throws Exception {
        try (var sandbox = Sandbox.start();
                var network = new Network(new Network.NetworkSettings(
                        "octo-sts-test/1",
                        Optional.empty(),
                        Optional.of(sandbox.authority().clientContext())))) {
            var github = sandbox.github();
            var installation = github.install(github.app("octo-app"), github.organization("octo-org"));
            var token = new Token(mint(sandbox, installation), Optional.empty());
            var gitHub = ServiceAddress.of(github.baseUri().toString());
            var revoker = new TokenRevoker(gitHub, network, PATIENCE);

            assertThat(github.token(token.value()))
                    .hasValueSatisfying(it -> assertThat(it.revoked()).isFalse());
            assertThat(revoker.revoke(token)).isEqualTo(new TokenRevoker.RevocationResult.Revoked());
            assertThat(github.token(token.value()))
                    .hasValueSatisfying(it -> assertThat(it.revoked()).isTrue());
            assertThat(revoker.revoke(token)).isEqualTo(new TokenRevoker.RevocationResult.AlreadyDead());
        }
    }

    @Test
    void speaks_to_nobody_whose_certificate_is_not_trusted() throws Exception {
        try (var sandbox = Sandbox.start();
                var network = FakeService.network(new FakeTiming())) {
            var gitHub = ServiceAddress.of(sandbox.github().baseUri().toString());
            assertThat(new TokenRevoker(gitHub, network, PATIENCE).revoke(new Token("ghs_x", Optional.empty())))
                    .isInstanceOfSatisfying(
                            TokenRevoker.RevocationResult.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("no secure connection to", "certification path")
                                    .doesNotContain("tried"));
            assertThat(sandbox.github().calls().all()).isEmpty();
        }
    }

    @Test
    void tries_again_what_heals() throws Exception {
        assertThat(revoke(new Answer.Reset(), Reply.empty(502), Reply.empty(204)))
                .isEqualTo(new TokenRevoker.RevocationResult.Revoked());
    }

    @ParameterizedTest
    @CsvSource({"200", "403", "404", "500"})
    void says_when_github_did_not(int status) throws Exception {
        assertThat(revoke(Reply.empty(status)))
                .isInstanceOfSatisfying(
                        TokenRevoker.RevocationResult.Failed.class,
                        failed -> assertThat(failed.reason()).endsWith("answered HTTP " + status));
    }

    @Test
    void gives_up_when_the_time_is_up() throws Exception {
        assertThat(revoke(Reply.empty(503))).isInstanceOf(TokenRevoker.RevocationResult.Failed.class);
    }

    private static TokenRevoker.RevocationResult revoke(Answer... answers) throws InterruptedException {
        try (var github = new FakeService(answers);
                var network = FakeService.network(new FakeTiming())) {
            var revocation =
                    new TokenRevoker(github.address(), network, PATIENCE).revoke(new Token("ghs_x", Optional.empty()));
            assertThat(github.requests()).allSatisfy(request -> {
                assertThat(request).hasToString("DELETE /installation/token");
                assertThat(request.header("authorization")).contains("Bearer ghs_x");
            });
            return revocation;
        }
    }

    private static String mint(Sandbox sandbox, Installation installation)
            throws IOException, InterruptedException, JOSEException {
        var now = sandbox.clock().instant();
        var jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder()
                        .issuer(Long.toString(installation.app().id()))
                        .issueTime(Date.from(now.minusSeconds(60)))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .build());
        jwt.sign(new RSASSASigner(installation.app().privateKey()));
        var path = "/app/installations/" + installation.id() + "/access_tokens";
        try (var http = HttpClient.newBuilder()
                .sslContext(sandbox.authority().clientContext())
                .build()) {
            var request = HttpRequest.newBuilder(URI.create(sandbox.github().baseUri() + path))
                    .header("Authorization", "Bearer " + jwt.serialize())
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            return JsonObjects.object(answer.body())
                    .flatMap(json -> JsonObjects.text(json, "token"))
                    .orElseThrow();
        }
    }
}
