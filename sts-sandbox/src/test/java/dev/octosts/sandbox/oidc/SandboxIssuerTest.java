package dev.octosts.sandbox.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.sandbox.Client;
import dev.octosts.sandbox.Sandbox;
import jakarta.json.Json;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxIssuerTest {
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final Sandbox sandbox = Sandbox.start();
    private final Client client = new Client(sandbox);

    @AfterAll
    void close() {
        // First the server: calls that it left hanging end with it.
        sandbox.close();
        client.close();
    }

    private SandboxIssuer issuer() {
        return sandbox.issuers().create(Algorithm.ES256);
    }

    @Test
    void publishes_its_name_and_its_keys() {
        var issuer = issuer();
        var answer = client.fetch(issuer.url() + DISCOVERY);
        var discovery = Client.object(answer);
        assertThat(discovery.getString("issuer")).isEqualTo(issuer.url());
        assertThat(discovery).doesNotContainKey("id_token_signing_alg_values_supported");
        assertThat(Client.header(answer, "Cache-Control")).isEqualTo("max-age=0");
        var keys = Client.object(client.fetch(discovery.getString("jwks_uri"))).getJsonArray("keys");
        assertThat(keys).hasSize(1);
        assertThat(keys.getJsonObject(0).getString("kid"))
                .isEqualTo(issuer.key().id().orElseThrow());
        assertThat(keys.getJsonObject(0)).doesNotContainKey("d");
        assertThat(issuer.hits(Document.DISCOVERY)).isEqualTo(1);
        assertThat(issuer.hits(Document.JWKS)).isEqualTo(1);
        assertThat(issuer.otherHits()).isZero();
    }

    @Test
    void lives_at_any_path_or_at_a_port_of_its_own() {
        var plain = sandbox.issuers().create("localhost", "/tenant", Algorithm.ES256);
        var slash = sandbox.issuers().create("127.0.0.1", "/tenant/inner/", Algorithm.ES256);
        var root = sandbox.issuers().createRoot(Algorithm.ES256);
        for (var issuer : new SandboxIssuer[] {plain, slash, root}) {
            var base = issuer.url().replaceAll("/$", "");
            assertThat(Client.object(client.fetch(base + DISCOVERY)).getString("issuer"))
                    .isEqualTo(issuer.url());
        }
        assertThat(slash.url()).endsWith("/tenant/inner/");
        assertThat(client.fetch("http://127.0.0.1:" + sandbox.issuers().port() + "/nobody" + DISCOVERY)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void lists_algorithms_when_told_to() {
        var issuer = issuer().algorithms("ES256", "RS256").cacheControl("max-age=86400");
        var answer = client.fetch(issuer.url() + DISCOVERY);
        assertThat(Client.object(answer).getJsonArray("id_token_signing_alg_values_supported"))
                .hasSize(2);
        assertThat(Client.header(answer, "Cache-Control")).isEqualTo("max-age=86400");
    }

    @Test
    void rotates_its_keys() {
        var issuer = issuer();
        var old = issuer.key();
        var fresh = issuer.rotate();
        assertThat(issuer.keys()).containsExactly(fresh);
        assertThat(fresh.id()).isNotEqualTo(old.id());
        issuer.publish(old).withdraw(fresh);
        assertThat(issuer.jwks().getJsonArray("keys").getJsonObject(0)).isEqualTo(old.jwk());
    }

    @Test
    void can_tell_anything_in_its_documents() {
        var issuer = issuer().edit(
                        Document.DISCOVERY,
                        json -> Json.createObjectBuilder(json)
                                .add("issuer", "https://other.example")
                                .add("jwks_uri", "http://169.254.169.254/")
                                .build());
        var discovery = Client.object(client.fetch(issuer.url() + DISCOVERY));
        assertThat(discovery.getString("issuer")).isEqualTo("https://other.example");
        assertThat(discovery.getString("jwks_uri")).isEqualTo("http://169.254.169.254/");
    }

    @Test
    void fails_as_planned_and_then_recovers() {
        var issuer = issuer().fault(Document.DISCOVERY, IssuerFault.status(503), 2)
                .fault(Document.DISCOVERY, IssuerFault.redirect("http://127.0.0.2/"), 1)
                .fault(Document.DISCOVERY, IssuerFault.body("not json"), 1)
                .fault(Document.DISCOVERY, IssuerFault.padded(200_000), 1)
                .fault(Document.DISCOVERY, IssuerFault.contentType("text/html"), 1);
        var url = issuer.url() + DISCOVERY;
        assertThat(client.fetch(url).statusCode()).isEqualTo(503);
        assertThat(client.fetch(url).statusCode()).isEqualTo(503);
        assertThat(Client.header(client.fetch(url), "Location")).isEqualTo("http://127.0.0.2/");
        assertThat(client.fetch(url).body()).isEqualTo("not json");
        assertThat(client.fetch(url).body()).hasSizeGreaterThan(200_000);
        assertThat(Client.header(client.fetch(url), "Content-Type")).isEqualTo("text/html");
        assertThat(Client.object(client.fetch(url)).getString("issuer")).isEqualTo(issuer.url());
        assertThat(issuer.hits(Document.DISCOVERY)).isEqualTo(7);
    }

    @Test
    void can_break_off_reset_or_be_slow() {
        var issuer = issuer();
        var url = issuer.url() + "/jwks";
        issuer.fault(Document.JWKS, IssuerFault.reset());
        assertThatThrownBy(() -> client.fetch(url)).isInstanceOf(UncheckedIOException.class);
        issuer.clearFaults().fault(Document.JWKS, IssuerFault.truncated(10));
        assertThatThrownBy(() -> client.fetch(url)).isInstanceOf(UncheckedIOException.class);
        issuer.clearFaults().fault(Document.JWKS, IssuerFault.delay(Duration.ofMillis(200)), 1);
        long start = System.nanoTime();
        assertThat(client.fetch(url).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
        issuer.fault(Document.JWKS, IssuerFault.drip(Duration.ofMillis(1)), 1);
        assertThat(Client.object(client.fetch(url))).containsKey("keys");
    }

    @Test
    void signs_for_anybody_only_when_told_to() {
        var issuer = issuer();
        var url = issuer.url() + "/token?sub=me&aud=you&claim.ref=refs%2Fheads%2Fmain";
        assertThat(client.fetch(url).statusCode()).isEqualTo(404);
        issuer.insecureSignOnDemand();
        var claims = Tokens.claims(client.fetch(url).body());
        assertThat(claims.getString("sub")).isEqualTo("me");
        assertThat(claims.getString("aud")).isEqualTo("you");
        assertThat(claims.getString("ref")).isEqualTo("refs/heads/main");
        assertThat(issuer.otherHits()).isEqualTo(2);
    }

    @Test
    void has_a_canary_beside_it() {
        var canary = sandbox.issuers().canary();
        assertThat(canary.hits()).isEmpty();
        client.fetch(canary.url() + "/jwks");
        assertThat(canary.hits()).containsExactly("GET /jwks");
    }
}
