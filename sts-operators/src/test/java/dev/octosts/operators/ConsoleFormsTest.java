package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What forms of the console say when something is wrong, what they keep, and where they lead. */
class ConsoleFormsTest extends OperatorsFixture {

    private final Browser browser = new Browser();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/stop | subject=repo:x&reason= | “Why” is empty; a reason is needed | reason",
                "/stop | subject=repo:x&reason=y&for=soon | “For how long” is a time such as 90m, 24h or 7d | for",
                "/stop | subject=repo:x&reason=y&owner=a/b | “Account” is not the name of an account | owner",
                "/stop | subject=repo:x&reason=y&repository=r | “Repository” needs the “Account” | repository",
                "/stop | subject=repo:x&reason=y&claim=ref | “Claim” is not NAME=VALUE | claim",
                "/stop | subject=repo:x&reason=y&identity=c* | “Identity” has a *, which stands for any text only | identity",
                "/stop | subject=repo:*:x&reason=y | “Subject” has a * before its end, where it has no meaning | subject",
                "/stop | subject=*&reason=y | The rule would stop everybody; give at least one of “Account”, | none",
                "/stop | claim=sub=*&subject=*&reason=y | The rule would stop everybody | none",
                "/stop/tokens | subject=repo:x&reason= | “Why” is empty; a reason is needed | reason",
                "/stop/tokens | subject=*:x&reason=y | “Subject” has a * before its end | subject",
                "/stop/tokens | subject=*&reason=y | This would be everybody; give at least one of “Account”, | none",
                "/stop/tokens | subject=&reason=y | “Identity”, “Issuer” and “Subject”, not only a * | none",
            })
    void come_again_as_they_were_sent_with_what_is_wrong(String path, String form, String message, String field) {
        browser.logIn();
        String sent = "csrf=" + browser.csrf();
        for (String pair : form.split("&", -1)) {
            sent += "&" + pair.substring(0, pair.indexOf('=') + 1) + encoded(pair.substring(pair.indexOf('=') + 1));
        }

        var answer = browser.post(path, sent + "&confirmed=yes");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<h1>Stop</h1>", message)
                .doesNotContain("rule would stop everybody; give at least one of “Identity”");
        String wrongForm = formOf(answer.body(), path);
        for (String pair : form.split("&", -1)) {
            assertThat(wrongForm)
                    .contains("name=\"" + pair.substring(0, pair.indexOf('=')) + "\" value=\""
                            + pair.substring(pair.indexOf('=') + 1) + "\"");
        }
        if (field.equals("none")) {
            assertThat(answer.body()).doesNotContain("aria-invalid");
        } else {
            assertThat(inputOf(wrongForm, field)).contains("aria-invalid=\"true\" aria-describedby=\"fault\"");
        }
        assertThat(answer.body().indexOf(message))
                .as("it comes first")
                .isLessThan(answer.body().indexOf("A rule stops every caller"));
        assertThat(stores.rules).isEmpty();
        assertThat(stores.recalls).isEmpty();
    }

    @Test
    void say_which_account_an_operator_of_accounts_may_give() {
        var answer = send(
                "POST",
                "/stop",
                "subject=repo%3Ax&reason=y",
                "Authorization",
                bearer("platform-of-a"),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("give one of them as the “Account”").contains("value=\"repo:x\"");
    }

    @Test
    void ask_browsers_for_a_reason_and_take_no_more_than_fits() {
        browser.logIn();
        String page = browser.get("/stop").body();
        assertThat(inputOf(formOf(page, "/stop"), "reason"))
                .contains("maxlength=\"1000\"")
                .contains("required");
        assertThat(inputOf(formOf(page, "/stop/tokens"), "reason")).contains("required");
        assertThat(inputOf(formOf(page, "/stop"), "subject"))
                .contains("maxlength=\"1024\"")
                .doesNotContain("required");
    }

    @Test
    void to_remove_a_rule_come_again_without_a_reason() {
        browser.logIn();
        browser.post("/stop", "csrf=" + browser.csrf() + "&owner=a&reason=x&confirmed=yes");
        String id = stores.rules.getFirst().rule().id();

        var answer = browser.post("/stop/" + id, "csrf=" + browser.csrf() + "&reason=+");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Remove rule " + id + "?", "A reason is needed", "Remove the rule");
        assertThat(stores.rules).hasSize(1);
    }

    @Test
    void to_refresh_say_what_was_done_each_time_the_page_is_loaded() {
        browser.logIn();
        String csrf = "csrf=" + browser.csrf();
        String all = location(browser.post("/service/refresh", csrf + "&issuer="));
        String known = location(browser.post("/service/refresh", csrf + "&issuer=https%3A%2F%2Fissuer.example"));
        String unknown = location(browser.post("/service/refresh", csrf + "&issuer=https%3A%2F%2Fnobody.example"));
        stores.refreshed.clear();

        assertThat(browser.get(all).body())
                .contains("every remembered policy, file and installation of this process is stale.<");
        assertThat(browser.get(known).body()).contains("The keys of https://issuer.example were forgotten.");
        assertThat(browser.get(unknown).body())
                .contains("No keys of https://nobody.example were known, so there was nothing to forget.");
        assertThat(stores.refreshed).as("by loading a page").isEmpty();
        assertThat(as(bearer("platform"), all).body())
                .as("what somebody else did")
                .doesNotContain("Refreshed at");
        var wrong = browser.post("/service/refresh", csrf + "&issuer=" + "x".repeat(300));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("“Issuer” is longer than any issuer", "value=\"" + "x".repeat(300));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String formOf(String page, String action) {
        int from = page.indexOf("action=\"" + action + "\"");
        return page.substring(from, page.indexOf("</form>", from));
    }

    private static String inputOf(String form, String name) {
        int from = form.indexOf("name=\"" + name + "\"");
        return form.substring(from, form.indexOf('>', from));
    }
}
