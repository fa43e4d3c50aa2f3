package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AuditNote;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.ServiceView.InstallationQuota;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the console shows of exchanges and of the service, to whom, and what it puts on record. */
class ConsoleTest extends OperatorsFixture {

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
    void says_first_which_app_or_issuer_is_in_trouble() {
        assertThat(as(bearer("watchers"), "/service").body()).contains("No App, key or issuer");
        stores.appTrouble = Optional.of("GitHub does not accept its key app.pem");
        stores.issuerFails = true;
        stores.quotas.add(new InstallationQuota(
                7, "octo-org", "core", 5_000, 0, clock.instant().plusSeconds(60)));
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
