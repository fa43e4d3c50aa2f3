package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.GitHubApp;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppCheckTest {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Predicate<Call> APP = Calls.kind(CallKind.APP);

    private final GitHubFixture gitHub = new GitHubFixture();
    private final GitHubApp first = gitHub.caller();
    private final GitHubApp second = gitHub.caller(gitHub.newApp("second"));
    private AppCheck check = new AppCheck(gitHub.client(), () -> List.of(), PAUSE);

    @AfterEach
    void close() {
        check.close();
        gitHub.server().clearFaults();
        gitHub.close();
    }

    private void begin() throws InterruptedException {
        check = new AppCheck(gitHub.client(), () -> List.of(first, second), PAUSE);
        check.begin();
        assertThat(check.await(GitHubFixture.SOON)).isTrue();
    }

    private Predicate<Call> about(GitHubApp app) {
        return APP.and(call -> call.appId().orElse(0) == app.id());
    }

    @Test
    void names_all_apps_while_github_rejects_every_one_of_them() throws InterruptedException {
        gitHub.server().fault(APP, Faults.status(401));
        begin();
        assertThat(check.rejected()).containsExactly(first.id(), second.id());
    }

    @Test
    void asks_again_until_github_accepts_one() throws InterruptedException {
        gitHub.server().fault(APP, Faults.status(401));
        begin();
        gitHub.log().await(APP, 6, GitHubFixture.SOON);
        gitHub.server().clearFaults();
        gitHub.log().awaitUntil(() -> check.rejected().isEmpty(), GitHubFixture.SOON);
    }

    @Test
    void names_none_when_one_of_them_is_accepted_and_asks_more_seldom() throws InterruptedException {
        gitHub.server().fault(about(second), Faults.status(401));
        begin();
        assertThat(check.rejected()).isEmpty();
        // This one is rejected, so it asks once in each pause: it measures the time in which the first must not ask.
        var rejected = new AppCheck(gitHub.client(), () -> List.of(second), PAUSE);
        try {
            rejected.begin();
            gitHub.log().await(about(second), 7, GitHubFixture.SOON);
        } finally {
            rejected.close();
        }
        assertThat(gitHub.log().count(about(first))).isEqualTo(1);
    }

    @Test
    void asks_about_the_apps_that_there_are_now() throws InterruptedException {
        gitHub.server().fault(about(first), Faults.status(401));
        var apps = new AtomicReference<>(List.of(first));
        check = new AppCheck(gitHub.client(), apps::get, PAUSE);
        check.begin();
        assertThat(check.await(GitHubFixture.SOON)).isTrue();
        assertThat(check.rejected()).containsExactly(first.id());

        apps.set(List.of(first, second));
        assertThat(check.rejected()).as("nothing is known of the second one").isEmpty();
        gitHub.log().await(about(second), 1, GitHubFixture.SOON);

        apps.set(List.of(first));
        gitHub.log().awaitUntil(() -> check.rejected().equals(List.of(first.id())), GitHubFixture.SOON);
    }

    @Test
    void names_none_while_github_cannot_be_reached() throws InterruptedException {
        gitHub.server().fault(APP, Faults.badGateway());
        begin();
        assertThat(check.rejected()).isEmpty();
    }

    @Test
    void takes_nothing_back_because_github_cannot_be_reached_meanwhile() throws InterruptedException {
        gitHub.server().fault(APP, Faults.status(401), 2);
        gitHub.server().fault(APP, Faults.badGateway());
        begin();
        gitHub.log().await(APP.and(Calls.status(502)), 4, GitHubFixture.SOON);
        assertThat(check.rejected()).containsExactly(first.id(), second.id());
    }

    @Test
    void says_what_is_wrong_and_what_to_do_and_never_the_key() throws InterruptedException {
        try (var log = LogCapture.open()) {
            gitHub.server().fault(APP, Faults.status(401));
            begin();
            assertThat(log.text())
                    .contains("GitHub rejects the key of App " + first.id(), "clock of this machine")
                    .doesNotContain("eyJ", "PRIVATE");
        }
    }
}
