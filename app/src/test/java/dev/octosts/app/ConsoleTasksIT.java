package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.github.Faults;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an operator does on a bad day, each with three clicks at most from the first page. */
class ConsoleTasksIT extends ConsolePage {

    @Test
    void says_whether_exchanges_are_granted_now() {
        assertThat(page()).contains("Exchanges are granted:").contains("refused");
    }

    @Test
    void finds_all_exchanges_of_a_subject() {
        fill("/exchanges", "subject", ConsoleWorld.FORK);
        click("Find its exchanges");
        assertThat(browser.text("[...new Set([...document.querySelectorAll('tbody tr td:last-child')]"
                        + ".map(cell => cell.innerText))].join()"))
                .isEqualTo(ConsoleWorld.FORK);
    }

    @Test
    void shows_which_rule_refused_an_exchange() {
        click("Exchanges");
        clickOn(record("refused", ConsoleWorld.FORK));
        assertThat(page()).containsPattern("subject_pattern\\s+different");
    }

    @Test
    void shows_which_version_of_which_policy_granted() {
        click("Exchanges");
        clickOn(record("granted", "octo-repo"));
        assertThat(page())
                .contains(CI)
                .containsPattern("Version of the policy\\s+[0-9a-f]{40}")
                .containsPattern("contents\\s+read")
                .contains("Pushes that changed it");
    }

    @Test
    void shows_what_a_token_was_used_for() {
        fill("/exchanges", "subject", ConsoleWorld.SUBJECT);
        click("Find its exchanges");
        clickOn("[...document.querySelectorAll('tbody tr')].filter(row => row.innerText.includes('granted')).at(-1)"
                + ".querySelector('a')");
        assertThat(page())
                .contains("What its token was used for")
                .contains("GET /repos/octo-org/octo-repo/contents/README.md: 200")
                .contains("GET /repos/octo-org/octo-secrets/contents/README.md: 404")
                .contains("octo-org/octo-repo");
    }

    @Test
    void lists_policies_that_nobody_uses() {
        click("Policies");
        click("Unused for 90 days");
        assertThat(page()).contains("release.sts.yaml").doesNotContain(CI);
    }

    @Test
    void stops_an_identity_with_a_reason_and_lifts_that_stop() {
        String subject = "repo:octo-org/octo-repo:ref:refs/heads/release-7";
        assertThat(world.status(subject)).isEqualTo(200);
        click("Stop");
        fill("/stop", "subject", subject, "reason", "incident 42");
        click("Go on");
        click("Stop them");
        assertThat(clicks).isLessThanOrEqualTo(MOST_CLICKS);
        Await.until("the stop", Duration.ofSeconds(30), () -> world.status(subject) == 403);

        begin();
        click("Stop");
        clickOn("[...document.querySelectorAll('tbody tr')].find(row => row.innerText.includes('release-7'))"
                + ".querySelector('a')");
        browser.text("(document.querySelector('main form [name=reason]').value = 'it is over', 1)");
        click("Remove the rule");
        Await.until("the end of the stop", Duration.ofSeconds(30), () -> world.status(subject) == 200);
    }

    @Test
    void takes_back_the_tokens_of_an_identity() throws Exception {
        String subject = "repo:octo-org/octo-repo:ref:refs/heads/release-8";
        String token = world.token(subject);
        assertThat(world.read(token, "/repos/octo-org/octo-repo")).isEqualTo(200);
        click("Stop");
        fill("/stop/tokens", "subject", subject, "reason", "incident 43");
        click("Count them");
        assertThat(page()).contains("1 token may be valid now");
        click("Take them back");
        assertThat(page()).containsPattern("Revoked\\s+1\\s+Already gone\\s+0\\s+Not confirmed\\s+0");
        assertThat(world.read(token, "/repos/octo-org/octo-repo")).isEqualTo(401);
    }

    @Test
    void says_which_app_is_in_trouble() {
        click("Service");
        assertThat(page()).contains("No App, key or issuer");
        // Calls as the App have no token; with one, GitHub does not look at the App's key.
        world.sandbox.github().fault(call -> call.token().isEmpty(), Faults.status(401));
        assertThat(world.status(ConsoleWorld.SUBJECT)).isNotEqualTo(200);
        begin();
        click("Service");
        assertThat(page()).containsPattern("App [0-9]+: GitHub does not accept its key");
        world.sandbox.github().clearFaults();
        assertThat(world.status(ConsoleWorld.SUBJECT)).isEqualTo(200);
    }
}
