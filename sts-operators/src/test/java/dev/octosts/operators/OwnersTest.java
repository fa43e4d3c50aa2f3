package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.RequestedGrant;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.DenyDesk.Listed;
import dev.octosts.operators.spi.ServiceView.InstallationQuota;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A role for one account shows nothing of another one. */
class OwnersTest extends OperatorsFixture {

    private @Nullable AuditEntry ofB;

    @BeforeEach
    void fill() {
        stores.record("owner-a");
        ofB = stores.record("owner-b");
        stores.record("");
        stores.quotas.add(new InstallationQuota(1, "owner-a", "core", 5_000, 4_000, MemoryStores.TIME));
        stores.quotas.add(new InstallationQuota(1, "owner-b", "core", 5_000, 3_000, MemoryStores.TIME));
        for (String owner : List.of("owner-a", "owner-b", "")) {
            stores.rules.add(new Listed(
                    new DenyRule(
                            "rule-" + owner,
                            new DenyRule.DeniedTarget(owner, "", ""),
                            new DenyRule.DeniedCaller("", "subject of " + owner, "", ""),
                            "why " + owner,
                            Optional.empty()),
                    "ann",
                    MemoryStores.TIME));
        }
        traffic.count(event("owner-a/repo", "refused for owner-a"));
        traffic.count(event("owner-b/repo", "refused for owner-b"));
    }

    private ExchangeEvent event(String scope, String message) {
        return new ExchangeEvent(
                ExchangeEvent.Operation.EXCHANGE,
                ExchangeEvent.Actor.UNKNOWN,
                Map.of("issuer", "x"),
                0,
                scope,
                "ci",
                RequestedGrant.EVERYTHING,
                "",
                "",
                "",
                new Problem(ProblemCode.PERMISSION_DENIED, message),
                null,
                List.of(),
                clock.instant(),
                Duration.ofMillis(3),
                ExchangeEvent.Evidence.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/records",
                "/api/export",
                "/api/export?format=csv",
                "/api/policies",
                "/api/deny",
                "/api/now",
                "/",
                "/exchanges",
                "/policies",
                "/stop"
            })
    void are_the_only_ones_on_every_list(String path) {
        for (String group : List.of("watchers-of-a", "platform-of-a")) {
            assertThat(as(bearer(group), path).body())
                    .contains("owner-a")
                    .doesNotContain("owner-b")
                    .doesNotContain("rule-\"");
        }
        assertThat(as(bearer("watchers"), path).body()).contains("owner-a").contains("owner-b");
    }

    @Test
    void of_others_cannot_be_asked_for() {
        String place = Objects.requireNonNull(ofB).place().toString();
        for (String path : List.of(
                "/api/records/" + place,
                "/api/records/" + place + "/usage",
                "/exchanges/" + place,
                "/stop/rule-owner-b",
                "/stop/rule-")) {
            assertThat(as(bearer("platform-of-a"), path).statusCode()).as(path).isEqualTo(404);
            assertThat(as(bearer("platform"), path).statusCode()).as(path).isEqualTo(200);
        }
        for (String route : List.of("/api/policies/usage", "/policies/usage")) {
            for (String owner : List.of("owner-a", "owner-b")) {
                String path = route + "?policy=" + owner + "/repo-of-" + owner + "/.github/chainguard/ci.sts.yaml";
                assertThat(as(bearer("watchers-of-a"), path).statusCode())
                        .as(path)
                        .isEqualTo(owner.equals("owner-a") ? 200 : 404);
                assertThat(as(bearer("watchers"), path).statusCode()).as(path).isEqualTo(200);
            }
        }
        assertThat(as(bearer("watchers-of-a"), "/api/records?owner=owner-b").body())
                .isEqualTo("{\"records\":[]}");
    }

    @Test
    void of_others_keep_their_tokens() {
        var headers = new String[] {"Authorization", bearer("platform-of-a")};
        for (String body : List.of(
                "{\"owner\":\"owner-b\",\"reason\":\"x\"}", "{\"issuer\":\"https://i.example\",\"reason\":\"x\"}")) {
            assertThat(send("POST", "/api/revoke", body, headers).statusCode()).isEqualTo(403);
        }
        assertThat(stores.recalls).isEmpty();
        assertThat(send("POST", "/api/revoke", "{\"owner\":\"Owner-A\",\"reason\":\"x\"}", headers)
                        .statusCode())
                .isEqualTo(200);
        assertThat(stores.recalls)
                .containsExactly("Holder[owner=owner-a, repository=, identity=, issuer=, subject=] by program: x");
    }

    @Test
    void of_others_cannot_be_stopped_or_let_go() {
        var headers = new String[] {"Authorization", bearer("platform-of-a")};
        assertThat(send("POST", "/api/deny", "{\"owner\":\"owner-b\",\"reason\":\"x\"}", headers)
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("POST", "/api/deny", "{\"issuer\":\"https://i.example\",\"reason\":\"x\"}", headers)
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("DELETE", "/api/deny/rule-owner-b?reason=x", "", headers)
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("POST", "/api/deny", "{\"owner\":\"Owner-A\",\"reason\":\"x\"}", headers)
                        .statusCode())
                .isEqualTo(201);
        assertThat(send("DELETE", "/api/deny/rule-owner-a?reason=over", "", headers)
                        .statusCode())
                .isEqualTo(200);
        assertThat(stores.rules).hasSize(3);
    }
}
