package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AuditNote;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.DenyDesk.Listed;
import dev.octosts.operators.spi.RecallDesk;
import dev.octosts.operators.spi.ServiceView.Quota;
import jakarta.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest extends OperatorsFixture {

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
                        new DenyRule.Target(ATTACK, ATTACK, ATTACK),
                        new DenyRule.Caller(ATTACK, ATTACK, ATTACK, ATTACK),
                        ATTACK,
                        Optional.empty()),
                ATTACK,
                MemoryStores.TIME));
        stores.quotas.add(new Quota(1, ATTACK, ATTACK, 5_000, 4_000, MemoryStores.TIME));
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

    @Test
    void leads_from_the_newest_exchanges_to_older_ones_and_keeps_the_filters() {
        for (int number = 0; number < 5; number++) {
            stores.record("owner-a");
        }
        stores.record("owner-b");

        var page = as(bearer("platform"), "/exchanges?owner=owner-a&limit=2").body();

        assertThat(page)
                .contains("/exchanges/20261130-5\"")
                .contains("/exchanges/20261130-4\"")
                .doesNotContain("/exchanges/20261130-3\"")
                .contains("/exchanges?owner=owner-a&amp;limit=2&amp;before=20261130-4")
                .contains("/api/export?format=csv&amp;owner=owner-a");
        assertThat(as(bearer("platform"), "/exchanges?owner=owner-a&limit=2&before=20261130-4")
                        .body())
                .contains("/exchanges/20261130-3\"")
                .contains("The newest");
    }

    @Test
    void shows_of_an_exchange_who_what_which_policy_each_rule_and_what_was_granted() {
        AuditEntry entry = stores.record(
                "owner-a", Map.of(AuditField.SUBJECT, "repo:owner-a/x", AuditField.TOKEN, "d".repeat(64)), """
                {"decision":[{"rule":"subject","outcome":"satisfied"},{"rule":"claim_pattern.ref","outcome":"satisfied"}],
                 "claims":{"ref":"refs/heads/main"},"permissions":{"contents":"read"},"repositories":["r"],
                 "user_agent":"curl/8"}""");

        assertThat(as(bearer("watchers"), "/exchanges/" + entry.place()).body())
                .contains("repo:owner-a/x")
                .contains("owner-a/repo-of-owner-a/.github/chainguard/ci.sts.yaml")
                .contains("b".repeat(40))
                .contains("claim_pattern.ref")
                .contains("refs/heads/main")
                .contains("contents")
                .contains("curl/8")
                .contains("d".repeat(64));
    }

    @Test
    void stops_callers_after_a_confirmation_and_with_a_reason_only() {
        var browser = new Browser();
        browser.logIn();
        String form = "csrf=" + browser.csrf() + "&owner=octo-org&subject=repo%3A*&for=24h&reason=leaked+runner";

        var question = browser.post("/stop", form);
        assertThat(question.body())
                .contains("Stop these callers?")
                .contains("owner octo-org, subject repo:*")
                .contains("leaked runner");
        assertThat(stores.rules).isEmpty();
        assertThat(browser.post("/stop", form.replace("leaked+runner", "")).statusCode())
                .isEqualTo(400);

        assertThat(location(browser.post("/stop", form + "&confirmed=yes"))).isEqualTo("/stop");
        var made = stores.rules.getFirst();
        assertThat(made.madeBy()).isEqualTo("ann (id-of-ann)");
        assertThat(made.rule().reason()).isEqualTo("leaked runner");
        assertThat(made.rule().expiresAt()).isPresent();

        String id = made.rule().id();
        assertThat(browser.get("/stop").body()).contains("/stop/" + id);
        assertThat(browser.get("/stop/" + id).body()).contains("Remove rule " + id + "?");
        assertThat(browser.post("/stop/" + id, "csrf=" + browser.csrf()).statusCode())
                .isEqualTo(400);
        assertThat(location(browser.post("/stop/" + id, "csrf=" + browser.csrf() + "&reason=over")))
                .isEqualTo("/stop");
        assertThat(stores.rules).isEmpty();
    }

    @Test
    void takes_tokens_back_after_a_confirmation_and_with_a_reason_only() {
        var browser = new Browser();
        browser.logIn();
        String form = "csrf=" + browser.csrf() + "&owner=Octo-Org&subject=repo%3A*&reason=leaked+runner";
        assertThat(browser.get("/stop?subject=repo%3Ax").body())
                .contains("action=\"/stop/tokens\"")
                .contains("value=\"repo:x\"");

        assertThat(browser.post("/stop/tokens", form).body())
                .contains("Take back these tokens?")
                .contains("owner octo-org, subject repo:*")
                .contains("3 tokens may be valid now")
                .contains("leaked runner");
        for (String wrong : List.of(
                form.replace("leaked+runner", ""),
                form + "&claim=a%3Db",
                "csrf=" + browser.csrf() + "&subject=*&reason=x",
                "csrf=" + browser.csrf() + "&reason=x")) {
            assertThat(browser.post("/stop/tokens", wrong + "&confirmed=yes").statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(browser.post("/stop/tokens", form.replaceFirst("csrf=[^&]*", "csrf=x") + "&confirmed=yes")
                        .statusCode())
                .isEqualTo(403);
        assertThat(stores.recalls).isEmpty();

        stores.recalled = new RecallDesk.Recalled(5, 1, 2, 3, 400);
        assertThat(browser.post("/stop/tokens", form + "&confirmed=yes").body())
                .contains("<dt>Revoked</dt><dd>5</dd><dt>Already gone</dt><dd>1</dd>")
                .contains("<dt>Not confirmed</dt><dd>2; they may be valid</dd>")
                .contains("3 are sealed with another key")
                .contains("400 are left")
                .contains("Go on");
        assertThat(stores.recalls)
                .containsExactly("Holder[owner=octo-org, repository=, identity=, issuer=, subject=repo:*] by ann"
                        + " (id-of-ann): leaked runner");
    }

    @Test
    void says_how_to_make_tokens_revocable_where_they_are_not() {
        stores.recallOn = false;
        var browser = new Browser();
        browser.logIn();
        assertThat(browser.get("/stop").body())
                .contains("OCTOSTS_REVOCABLE_TOKENS")
                .contains("OCTOSTS_REVOCABLE_TOKENS_KEY")
                .doesNotContain("action=\"/stop/tokens\"");
        var refused =
                send("POST", "/api/revoke", "{\"owner\":\"a\",\"reason\":\"x\"}", "Authorization", bearer("platform"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("OCTOSTS_REVOCABLE_TOKENS");
        assertThat(stores.recalls).isEmpty();
    }

    @Test
    void shows_what_a_token_was_used_for_and_what_its_policy_needs() {
        AuditEntry entry = stores.record("owner-a", Map.of(AuditField.TOKEN, "d".repeat(64)), "{}");

        assertThat(as(bearer("watchers-of-a"), "/exchanges/" + entry.place()).body())
                .contains("What its token was used for")
                .contains("with requests to the API")
                .contains("GET /repos of owner-a")
                .contains("Used after the end of its run");
        assertThat(as(bearer("watchers-of-a"), "/api/records/" + entry.place() + "/usage")
                        .body())
                .contains("\"known\":\"requests\",\"events\":3,\"whole\":false")
                .contains("\"used_after_end\":{\"run_id\":\"GET /repos\"");
        String policy = "?policy=" + URLEncoder.encode(entry.text(AuditField.POLICY), StandardCharsets.UTF_8);
        assertThat(as(bearer("watchers-of-a"), "/policies/usage" + policy).body())
                .contains("used to read only", "never used", "unknown: GET /repos", "-  issues: write");
        assertThat(as(bearer("watchers-of-a"), "/api/policies/usage" + policy).body())
                .contains("{\"permission\":\"issues\",\"granted\":\"write\",\"state\":\"unused\"}")
                .contains("\"enough\":{\"contents\":\"read\"}")
                .contains("\"diff\":\"--- a/x");
        assertThat(as(
                                bearer("watchers"),
                                "/exchanges/" + stores.record("owner-a").place())
                        .body())
                .as("without a token there is nothing to tell")
                .doesNotContain("What its token was used for");
    }

    @Test
    void leads_from_an_exchange_to_stopping_its_caller_only_those_who_may() {
        var place = stores.record(
                        "owner-a", Map.of(AuditField.ISSUER, "https://i.example", AuditField.SUBJECT, "repo:a&b"), "{}")
                .place();
        assertThat(as(bearer("platform"), "/exchanges/" + place).body())
                .contains("href=\"/stop?owner=owner-a&amp;issuer=https%3A%2F%2Fi.example&amp;subject=repo%3Aa%26b\"");
        assertThat(as(bearer("watchers"), "/exchanges/" + place).body()).doesNotContain("href=\"/stop?");
    }

    @Test
    void says_first_which_app_or_issuer_is_in_trouble() {
        assertThat(as(bearer("watchers"), "/service").body()).contains("No App, key or issuer");
        stores.appTrouble = Optional.of("GitHub does not accept its key app.pem");
        stores.issuerFails = true;
        stores.quotas.add(
                new Quota(7, "octo-org", "core", 5_000, 0, clock.instant().plusSeconds(60)));
        assertThat(as(bearer("watchers"), "/service").body())
                .contains("App 1001: GitHub does not accept its key app.pem")
                .contains("issuer https://issuer.example: it does not answer")
                .contains("App 7, account octo-org: GitHub allows no request until")
                .doesNotContain("No App, key or issuer");
        assertThat(as(bearer("watchers"), "/api/state").body()).contains("\"trouble\":\"GitHub does not accept");
    }

    @Test
    void offers_viewers_nothing_that_they_may_not_do() {
        login.as(VIC);
        var browser = new Browser();
        browser.logIn();
        assertThat(browser.get("/stop").body()).doesNotContain("Stop callers<").doesNotContain("action=\"/stop\"");
        assertThat(browser.get("/service").body()).doesNotContain("/service/refresh");
        assertThat(browser.get("/").body()).contains("vic (id-of-vic), viewer").contains("/logout");
    }

    @Test
    void says_what_to_do_without_a_database_and_still_shows_the_service() {
        stores.on = false;
        for (String path :
                new String[] {"/exchanges", "/policies", "/stop", "/api/records", "/api/export", "/api/deny"}) {
            var answer = as(bearer("platform"), path);
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(answer.body()).as(path).contains("OCTOSTS_DB_URL");
        }
        assertThat(as(bearer("platform"), "/service").body())
                .contains("1.2.3")
                .contains("SHA256:abc")
                .contains("https://issuer.example");
        assertThat(as(bearer("platform"), "/").statusCode()).isEqualTo(200);
        assertThat(as(bearer("platform"), "/api/state").statusCode()).isEqualTo(200);
    }

    @Test
    void says_so_when_the_database_does_not_answer() {
        stores.fails = true;
        for (String path : new String[] {"/exchanges", "/policies", "/stop", "/api/records", "/api/deny"}) {
            assertThat(as(bearer("platform"), path).statusCode()).as(path).isEqualTo(503);
        }
    }

    @Test
    void puts_what_operators_do_on_record() {
        var headers = new String[] {"Authorization", bearer("platform")};
        get("/api/export?owner=owner-a", headers);
        send("POST", "/api/refresh", "{\"issuer\":\"https://issuer.example\"}", headers);

        assertThat(notes).extracting(AuditNote::action).containsExactly("export", "refresh");
        assertThat(notes).allSatisfy(note -> {
            assertThat(note.about()).isEqualTo(AuditNote.About.OPERATOR);
            assertThat(note.by()).isEqualTo("program");
        });
        assertThat(notes.getFirst().details()).containsEntry("owner", "owner-a");
        assertThat(stores.refreshed).containsExactly("all", "https://issuer.example");
    }
}
