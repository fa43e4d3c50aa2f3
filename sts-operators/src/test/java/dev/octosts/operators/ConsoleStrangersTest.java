package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.DenyDesk.Listed;
import dev.octosts.operators.spi.ServiceView.InstallationQuota;
import jakarta.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers write, on the pages of the console. */
class ConsoleStrangersTest extends OperatorsFixture {

    private static final String ATTACK = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/exchanges",
                "/exchanges/20261130-1",
                "/policies",
                "/policies/usage?policy=",
                "/stop",
                "/stop/rule",
                "/",
                "/service"
            })
    void shows_what_strangers_write_as_text(String path) {
        var everywhere = Arrays.stream(AuditField.values())
                .collect(Collectors.toMap(Function.identity(), field -> field + ATTACK));
        stores.record(
                "owner-a",
                everywhere,
                Json.createObjectBuilder()
                        .add("user_agent", ATTACK)
                        .add("error", ATTACK)
                        .add("claims", Json.createObjectBuilder().add(ATTACK, ATTACK))
                        .add("permissions", Json.createObjectBuilder().add(ATTACK, ATTACK))
                        .add("repositories", Json.createArrayBuilder().add(ATTACK))
                        .add(
                                "decision",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("rule", ATTACK)
                                                .add("outcome", ATTACK)))
                        .add(ATTACK, ATTACK)
                        .build()
                        .toString());
        stores.rules.add(new Listed(
                new DenyRule(
                        "rule",
                        new DenyRule.DeniedTarget(ATTACK, ATTACK, ATTACK),
                        new DenyRule.DeniedCaller(ATTACK, ATTACK, ATTACK, ATTACK),
                        ATTACK,
                        Optional.empty()),
                ATTACK,
                MemoryStores.TIME));
        stores.quotas.add(new InstallationQuota(1, ATTACK, ATTACK, 5_000, 4_000, MemoryStores.TIME));
        stores.stranger = ATTACK;
        stores.appTrouble = Optional.of(ATTACK);

        var answer = as(
                "Bearer "
                        + token("platform").claim("preferred_username", ATTACK).sign(),
                path.endsWith("=") ? path + URLEncoder.encode("POLICY" + ATTACK, StandardCharsets.UTF_8) : path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("&lt;script&gt;")
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("\"'>");
    }

    @Test
    void shows_filters_as_they_were_given_and_as_text() {
        var attack = URLEncoder.encode(ATTACK, StandardCharsets.UTF_8);
        for (String name : new String[] {"subject", "identity", "policy", "issuer", "request", "owner"}) {
            assertThat(as(bearer("platform"), "/exchanges?" + name + "=" + attack)
                            .body())
                    .as(name)
                    .contains("&lt;script&gt;")
                    .doesNotContain("<script");
        }
        assertThat(as(bearer("platform"), "/exchanges?from=" + attack).body()).doesNotContain("<script");
        assertThat(as(bearer("platform"), "/" + attack).body()).doesNotContain("<script");
    }
}
