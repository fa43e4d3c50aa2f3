package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.operators.spi.AuditField;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the console says of the use of policies and tokens, and of what nobody can know. */
class ConsoleUseTest extends OperatorsFixture {

    private static final String POLICY = "owner-a/repo-of-owner-a/.github/chainguard/ci.sts.yaml";
    private static final String PAGE = "/policies/usage?policy=" + POLICY;

    @Test
    void opens_the_page_of_a_policy_that_has_only_refused() {
        assertThat(as(bearer("watchers"), PAGE).statusCode()).isEqualTo(404);
        stores.record("owner-a", Map.of(AuditField.OUTCOME, "refused"), "{}");

        var page = as(bearer("watchers-of-a"), PAGE);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("No token was given under this policy yet.")
                .contains("/exchanges?policy=owner-a");
        stores.record("owner-b", Map.of(AuditField.OUTCOME, "refused"), "{}");
        assertThat(as(bearer("watchers-of-a"), PAGE.replace("owner-a", "owner-b"))
                        .statusCode())
                .as("of another account")
                .isEqualTo(404);
    }

    @Test
    void shows_that_a_token_was_taken_back() {
        String token = "d".repeat(64);
        var entry = stores.record("owner-a", Map.of(AuditField.TOKEN, token), "{}");
        String path = "/exchanges/" + entry.place();
        assertThat(as(bearer("watchers"), path).body())
                .contains("<dt>Until</dt>")
                .doesNotContain("Taken back");

        var end = stores.record(
                "owner-a",
                Map.of(AuditField.KIND, "revocation", AuditField.OUTCOME, "taken-back", AuditField.TOKEN, token),
                "{}");
        assertThat(as(bearer("watchers-of-a"), path).body())
                .contains("<dt>Taken back</dt>")
                .contains("href=\"/exchanges/" + end.place() + "\"")
                .contains("It would have been valid until")
                .doesNotContain("<dt>Until</dt>");
    }

    @Test
    void says_of_unused_policies_how_far_the_records_go_back() {
        stores.record("owner-a");
        assertThat(as(bearer("watchers"), "/policies?days=90&unused=true").body())
                .contains("The records go back to")
                .doesNotContain("can be called unused");
        stores.oldest = Optional.of(clock.instant().minus(Duration.ofMinutes(4)));
        assertThat(as(bearer("watchers"), "/policies?days=90&unused=true").body())
                .contains("no policy can be called unused for 90 days");
        assertThat(as(bearer("watchers"), "/policies?days=30").body()).doesNotContain("can be called unused");
    }

    @Test
    void says_of_a_policy_how_complete_the_log_is_and_what_github_answered() {
        stores.record("owner-a");
        assertThat(as(bearer("watchers"), PAGE).body())
                .contains("audit log of this account came in from 2026-11-30 02:00:00 to 2026-11-30 02:01:00 UTC,"
                        + " without requests to the API")
                .contains("GET /repos: 404")
                .contains("DELETE /installation/token: 204 (given back)")
                .contains("Asked in refused GET /repos, where GitHub refused every request.");
    }

    @Test
    void puts_the_names_of_columns_above_their_numbers() {
        stores.record("owner-a");
        assertThat(as(bearer("watchers"), "/policies").body())
                .contains("<th scope=\"col\" class=\"number\">Not granted</th>");
        assertThat(as(bearer("watchers"), "/service").body())
                .contains("<th scope=\"col\" class=\"number\">Hits</th>")
                .contains("<th scope=\"col\" class=\"number\">Misses</th>");
        assertThat(as(bearer("watchers"), PAGE).body()).contains("<th scope=\"col\" class=\"number\">Times</th>");
        assertThat(as(bearer("watchers"), "/").body()).contains("99th percentile 0 ms");
    }

    @Test
    void says_what_a_stop_covers_when_parts_are_not_given() {
        var browser = new Browser();
        browser.logIn();
        String form = "csrf=" + browser.csrf() + "&owner=octo-org&subject=repo%3A*&reason=leaked";
        String words = "It covers every repository and identity of the account octo-org.";

        assertThat(browser.post("/stop", form).body()).contains(words);
        assertThat(browser.post("/stop/tokens", form).body()).contains(words);
        assertThat(browser.post("/stop", form + "&repository=r&identity=ci").body())
                .doesNotContain("It covers");
        assertThat(browser.post("/stop", "csrf=" + browser.csrf() + "&issuer=https%3A%2F%2Fi.example&reason=x")
                        .body())
                .contains("of every account. It covers every caller of the issuer https://i.example.");
    }
}
