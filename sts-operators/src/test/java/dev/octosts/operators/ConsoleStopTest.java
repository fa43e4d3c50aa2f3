package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.RecallDesk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stopping callers and taking tokens back in the console. */
class ConsoleStopTest extends OperatorsFixture {

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
        String result = location(browser.post("/stop/tokens", form + "&confirmed=yes"));
        assertThat(browser.get(result).body())
                .contains("<dt>Revoked</dt><dd>5</dd><dt>Already gone</dt><dd>1</dd>")
                .contains("<dt>Not confirmed</dt><dd>2; they may be valid</dd>")
                .contains("3 are sealed with another key")
                .contains("400 are left")
                .contains("Go on");
        assertThat(browser.get(result).statusCode()).as("loaded again").isEqualTo(200);
        assertThat(as(bearer("platform"), result).statusCode())
                .as("of somebody else")
                .isEqualTo(404);
        assertThat(stores.recalls)
                .containsExactly("Holder[owner=octo-org, repository=, identity=, issuer=, subject=repo:*] by ann"
                        + " (id-of-ann): leaked runner");
    }

    @Test
    void says_which_other_rules_stop_the_same_callers() {
        var browser = new Browser();
        browser.logIn();
        String wide = "csrf=" + browser.csrf() + "&subject=repo%3Aa%2F*&reason=incident&confirmed=yes";
        String narrow = "csrf=" + browser.csrf() + "&subject=repo%3Aa%2Fb%3A*&for=1h&reason=incident";
        assertThat(browser.post("/stop", narrow).body()).doesNotContain("stops them already");
        browser.post("/stop", wide);
        String widest = stores.rules.getFirst().rule().id();
        assertThat(browser.get("/stop/" + widest).body()).contains("These callers get tokens again");

        assertThat(browser.post("/stop", narrow).body())
                .contains("Rule " + widest + " stops them already: subject repo:a/*, until it is removed.");
        browser.post("/stop", narrow + "&confirmed=yes");
        assertThat(browser.get("/stop/" + stores.rules.getLast().rule().id()).body())
                .contains("because rule " + widest + " stops them, too")
                .doesNotContain("These callers get tokens again");
        assertThat(browser.get("/stop/" + widest).body())
                .as("a narrower rule does not stop all of them")
                .contains("These callers get tokens again")
                .doesNotContain("stops them, too");

        browser.post("/stop", wide + "&for=1h");
        assertThat(browser.get("/stop/" + widest).body()).as("a twin").contains("stops them, too");
        clock.advance(Duration.ofHours(2));
        assertThat(browser.get("/stop/" + widest).body())
                .as("a twin that has ended")
                .doesNotContain("stops them, too");
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
    void leads_from_an_exchange_to_stopping_its_caller_only_those_who_may() {
        var place = stores.record(
                        "owner-a", Map.of(AuditField.ISSUER, "https://i.example", AuditField.SUBJECT, "repo:a&b"), "{}")
                .place();
        assertThat(as(bearer("platform"), "/exchanges/" + place).body())
                .contains("href=\"/stop?owner=owner-a&amp;issuer=https%3A%2F%2Fi.example&amp;subject=repo%3Aa%26b\"");
        assertThat(as(bearer("watchers"), "/exchanges/" + place).body()).doesNotContain("href=\"/stop?");
    }
}
