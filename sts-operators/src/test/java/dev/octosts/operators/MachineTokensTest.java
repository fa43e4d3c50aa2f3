package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.oidc.Document;
import dev.octosts.sandbox.oidc.IssuerFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MachineTokensTest extends OperatorsFixture {

    @Test
    void are_taken_when_they_are_genuine_and_for_this_audience() {
        assertThat(as(bearer("platform"), "/api/me").body())
                .isEqualTo("{\"name\":\"program\",\"role\":\"operator\","
                        + "\"views\":{\"everything\":true,\"owners\":[]},"
                        + "\"changes\":{\"everything\":true,\"owners\":[]}}");
        assertThat(as(bearer("watchers-of-a"), "/api/me").body())
                .contains("\"role\":\"viewer\"")
                .contains("\"views\":{\"everything\":false,\"owners\":[\"owner-a\"]}")
                .contains("\"changes\":{\"everything\":false,\"owners\":[]}");
    }

    @Test
    void are_refused_when_anything_is_wrong_with_them() {
        var stranger = newIssuer();
        var good = bearer("platform");
        var wrong = new String[] {
            "Bearer " + token("platform").audience("another").sign(),
            "Bearer " + token("platform").without("aud").sign(),
            "Bearer "
                    + token("platform")
                            .claim("exp", clock.instant().getEpochSecond() - 1)
                            .sign(),
            "Bearer " + token("platform").unsigned(),
            "Bearer " + token("platform").signHs256WithPublicKey(),
            "Bearer "
                    + stranger.token()
                            .subject("program")
                            .audience(AUDIENCE)
                            .claim("groups", "platform")
                            .sign(),
            "Bearer " + token("platform").key(stranger.key()).sign(),
            good.substring(0, good.length() - 8),
            "Bearer x",
            "Bearer ",
            "Basic eDp5"
        };
        for (String header : wrong) {
            var answer = as(header, "/api/me");
            assertThat(answer.statusCode()).as(header).isEqualTo(401);
            assertThat(answer.body()).as(header).doesNotContain("program");
        }
        assertThat(stranger.hits(Document.DISCOVERY))
                .as("the stranger is never called")
                .isZero();
    }

    @Test
    void go_on_when_the_provider_changes_its_keys() {
        assertThat(as(bearer("platform"), "/api/me").statusCode()).isEqualTo(200);

        issuer.rotate();

        assertThat(as(bearer("platform"), "/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void wait_for_a_provider_that_is_down_at_the_start() {
        issuer.fault(Document.DISCOVERY, IssuerFault.status(503), 1);
        var answer = as(bearer("platform"), "/api/me");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("does not answer");

        assertThat(as(bearer("platform"), "/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void go_on_while_the_provider_is_down_later() {
        assertThat(as(bearer("platform"), "/api/me").statusCode()).isEqualTo(200);
        issuer.fault(Document.DISCOVERY, IssuerFault.status(503)).fault(Document.JWKS, IssuerFault.status(503));
        clock.advance(Duration.ofHours(1));

        assertThat(as(bearer("platform"), "/api/me").statusCode()).isEqualTo(200);
    }
}
