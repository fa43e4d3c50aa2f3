package dev.octosts.exchange.installation;

import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.installation.Installations.Result;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.Installation;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class InstallationsTest {

    private static final Duration FOUND = Duration.ofHours(1);
    private static final Duration LAST_FIFTH = Duration.ofMinutes(48);
    private static final Duration NONE = Duration.ofMinutes(5);
    private static final Duration ALMOST = Duration.ofNanos(1);

    private final GitHubFixture gitHub = new GitHubFixture();
    private final GitHubApp first = gitHub.caller();
    private final dev.octosts.sandbox.github.GitHubApp other = gitHub.newApp("other");
    private final GitHubApp second = gitHub.caller(other);
    private final Installations installations = TestInstallations.of(gitHub);

    @AfterEach
    void close() {
        gitHub.close();
    }

    @Test
    void an_installation_is_found_with_one_call_and_remembered_for_an_hour() {
        var found = found(first, gitHub.installation());
        assertThat(find(first)).isEqualTo(found);
        assertThat(gitHub.calls()).containsExactly(CallKind.FIND_INSTALLATION);
        gitHub.time().passes(LAST_FIFTH.minus(ALMOST));
        assertThat(find(first)).isEqualTo(found);
        assertThat(gitHub.calls()).hasSize(1);
        gitHub.time().passes(FOUND.minus(LAST_FIFTH).plus(ALMOST));
        assertThat(find(first)).isEqualTo(found);
        assertThat(gitHub.calls()).hasSize(2);
    }

    @Test
    void a_user_is_found_like_an_organization() {
        var user = gitHub.server().user("octocat-" + gitHub.owner());
        var installation = gitHub.server().install(gitHub.app(), user);
        assertThat(installations.find(List.of(first), user.login())).isEqualTo(found(first, installation));
    }

    @Test
    void that_there_is_none_is_remembered_for_five_minutes() {
        assertThat(find(second)).isEqualTo(new Result.None());
        gitHub.server().install(other, gitHub.organization());
        gitHub.time().passes(Duration.ofMinutes(4).minus(ALMOST));
        assertThat(find(second)).isEqualTo(new Result.None());
        assertThat(gitHub.calls()).hasSize(1);
        gitHub.time().passes(Duration.ofMinutes(1).plus(ALMOST));
        assertThat(find(second)).isInstanceOf(Result.Found.class);
    }

    @Test
    void a_suspension_is_told_and_its_end_is_noticed_within_five_minutes() {
        gitHub.installation().suspend(Instant.now());
        assertThat(find(first)).isEqualTo(new Result.Suspended());
        gitHub.installation().unsuspend();
        gitHub.time().passes(NONE);
        assertThat(find(first)).isInstanceOf(Result.Found.class);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Faults.primaryLimit(), Reason.LIMITED),
                Arguments.of(Faults.secondaryLimit(), Reason.LIMITED),
                Arguments.of(Faults.status(401), Reason.UNAUTHORIZED),
                Arguments.of(Faults.forbidden(), Reason.FORBIDDEN),
                Arguments.of(Faults.badGateway(), Reason.UNAVAILABLE),
                Arguments.of(Faults.malformed(), Reason.UNAVAILABLE));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_look_that_fails_is_not_remembered(Fault fault, Reason reason) {
        gitHub.server().fault(kind(CallKind.FIND_INSTALLATION), fault, 1);
        assertThat(find(first)).isEqualTo(new Result.Unknown(reason));
        assertThat(find(first)).isInstanceOf(Result.Found.class);
    }

    @Test
    void what_was_found_is_not_served_beyond_its_hour_when_github_fails() {
        find(first);
        gitHub.server().fault(kind(CallKind.FIND_INSTALLATION), Faults.primaryLimit());
        gitHub.time().passes(FOUND);
        assertThat(find(first)).isEqualTo(new Result.Unknown(Reason.LIMITED));
    }

    @Test
    void an_app_that_is_not_installed_is_passed_over() {
        assertThat(find(second, first)).isEqualTo(found(first, gitHub.installation()));
    }

    @Test
    void an_app_that_is_suspended_or_cannot_be_asked_is_passed_over_when_another_serves() {
        gitHub.server().install(other, gitHub.organization()).suspend(Instant.now());
        assertThat(find(second, first)).isInstanceOf(Result.Found.class);
        gitHub.time().passes(NONE);
        gitHub.server().fault(Calls.app(other), Faults.badGateway());
        assertThat(find(second, first)).isInstanceOf(Result.Found.class);
    }

    @Test
    void not_knowing_weighs_more_than_a_suspension_and_a_limit_more_than_another_failure() {
        gitHub.installation().suspend(Instant.now());
        assertThat(find(first, second)).isEqualTo(new Result.Suspended());
        gitHub.time().passes(NONE);
        gitHub.server().fault(Calls.app(other), Faults.badGateway());
        assertThat(find(first, second)).isEqualTo(new Result.Unknown(Reason.UNAVAILABLE));
        gitHub.server().fault(Calls.app(gitHub.app()), Faults.primaryLimit());
        gitHub.time().passes(NONE);
        assertThat(find(first, second)).isEqualTo(new Result.Unknown(Reason.LIMITED));
        assertThat(find(second, first)).isEqualTo(new Result.Unknown(Reason.LIMITED));
    }

    @Test
    void what_has_proven_stale_is_looked_up_again_unless_somebody_has_done_so_already() {
        find(first);
        var stale = new Installation(gitHub.installation().id(), gitHub.owner(), 0, "", false);
        installations.forget(first, gitHub.owner(), new Installation(1, gitHub.owner(), 0, "", false));
        find(first);
        assertThat(gitHub.calls()).hasSize(1);
        installations.forget(first, gitHub.owner(), stale);
        find(first);
        assertThat(gitHub.calls()).hasSize(2);
    }

    @Test
    void what_was_found_serves_on_while_github_limits_when_it_has_to_be_looked_at_again() {
        var found = find(first);
        installations.expireAll();
        gitHub.server().fault(kind(CallKind.FIND_INSTALLATION), Faults.primaryLimit(), 1);
        assertThat(find(first)).isEqualTo(found);
        gitHub.server().fault(kind(CallKind.FIND_INSTALLATION), Faults.badGateway(), 1);
        assertThat(find(first)).isEqualTo(new Result.Unknown(Reason.UNAVAILABLE));
        assertThat(find(first)).isEqualTo(found);
        assertThat(gitHub.calls()).hasSize(4);
    }

    @Test
    void an_owner_is_known_whose_installation_was_seen_or_that_was_just_seen_to_have_none() {
        assertThat(isKnown()).isFalse();
        find(second);
        assertThat(isKnown()).as("that there is none").isTrue();
        gitHub.time().passes(NONE);
        assertThat(isKnown()).as("that there was none").isFalse();
        find(first);
        assertThat(isKnown()).isTrue();
        installations.expireAll();
        assertThat(isKnown()).as("that there was one").isTrue();
    }

    private boolean isKnown() {
        return installations.isKnown(List.of(first, second), gitHub.owner());
    }

    @Test
    void the_account_of_an_installation_is_looked_at_again_after_a_minute_where_it_has_to_be_certain() {
        var installation = ((Result.Found) find(first)).installation();
        gitHub.time().passes(Duration.ofMinutes(1).minus(ALMOST));
        assertThat(installations.confirm(first, gitHub.owner(), installation)).isInstanceOf(Result.Found.class);
        assertThat(gitHub.calls()).hasSize(1);
        gitHub.time().passes(ALMOST);
        assertThat(installations.confirm(first, gitHub.owner(), installation)).isInstanceOf(Result.Found.class);
        assertThat(gitHub.calls()).hasSize(2);
        gitHub.time().passes(Duration.ofMinutes(1));
        gitHub.server().fault(kind(CallKind.FIND_INSTALLATION), Faults.primaryLimit(), 1);
        assertThat(installations.confirm(first, gitHub.owner(), installation))
                .as("what is in doubt does not serve, limit or not")
                .isEqualTo(new Result.Unknown(Reason.LIMITED));
    }

    private Result find(GitHubApp... candidates) {
        return installations.find(List.of(candidates), gitHub.owner());
    }

    private static Result found(GitHubApp app, dev.octosts.sandbox.github.Installation installation) {
        return new Result.Found(
                app,
                new Installation(
                        installation.id(),
                        installation.account().login(),
                        installation.account().id(),
                        installation.app().slug(),
                        false));
    }
}
