package dev.octosts.github;

import static dev.octosts.sandbox.github.Calls.kind;
import static dev.octosts.sandbox.github.Calls.owner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one owner's trouble does to others, shown by looking installations up. */
@Timeout(30)
class OwnerIsolationTest {

    private static final int IN_A_ROW = 10;
    private static final int FAILURES_IN_A_ROW = 30;

    private final GitHubFixture gitHub = new GitHubFixture();
    private final String troubled = gitHub.owner();
    private final String other = "other-" + troubled;
    private final Predicate<Call> aboutTroubled = kind(CallKind.FIND_INSTALLATION)
            .and(owner(troubled).or(call -> call.path().contains("/" + troubled + "/")));

    OwnerIsolationTest() {
        gitHub.server().install(gitHub.app(), gitHub.server().organization(other));
    }

    @AfterEach
    void close() {
        gitHub.close();
    }

    static List<Fault> noAnswers() {
        return List.of(Faults.status(500), Faults.badGateway(), Faults.reset());
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void thirty_failures_in_a_row_end_the_calls_of_that_app_about_that_owner_and_no_others(Fault fault) {
        gitHub.server().fault(aboutTroubled, fault, FAILURES_IN_A_ROW);
        look(FAILURES_IN_A_ROW);
        assertThat(gitHub.calls()).hasSize(FAILURES_IN_A_ROW);
        assertThat(look(troubled)).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
        assertThat(gitHub.calls()).as("no call while the breaker is open").hasSize(FAILURES_IN_A_ROW);
        assertThat(look(other)).isInstanceOf(Success.class);
        var anotherApp = gitHub.newApp("another");
        gitHub.server().install(anotherApp, gitHub.organization());
        assertThat(gitHub.client().installation(gitHub.caller(anotherApp), troubled))
                .isInstanceOf(Success.class);
    }

    @Test
    void a_failure_is_followed_by_a_success_at_once() {
        for (int failures : List.of(1, 2, IN_A_ROW - 1, IN_A_ROW - 1, IN_A_ROW - 1)) {
            gitHub.server().fault(aboutTroubled, Faults.status(500), failures);
            look(failures);
            assertThat(look(troubled)).as("after %d failures", failures).isInstanceOf(Success.class);
        }
    }

    static List<Fault> answers() {
        return List.of(Faults.status(404), Faults.status(401), Faults.unprocessable(), Faults.malformed());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void what_github_answers_on_purpose_opens_no_breaker(Fault fault) {
        gitHub.server().fault(aboutTroubled, fault, 3 * IN_A_ROW);
        look(3 * IN_A_ROW);
        assertThat(look(troubled)).isInstanceOf(Success.class);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Faults.secondaryLimit(), Reason.LIMITED, Duration.ofSeconds(60)),
                Arguments.of(Faults.secondaryLimitWithoutRetryAfter(), Reason.LIMITED, Duration.ofSeconds(60)),
                Arguments.of(Faults.tooManyRequests(), Reason.LIMITED, Duration.ofSeconds(60)),
                Arguments.of(Faults.forbidden(), Reason.FORBIDDEN, Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void after_ten_refusals_in_a_row_github_is_left_alone_for_its_time(Fault fault, Reason reason, Duration pause) {
        gitHub.server().fault(aboutTroubled, fault, IN_A_ROW);
        look(IN_A_ROW);
        gitHub.log().clear();
        gitHub.time().passes(pause.minusNanos(1));
        assertThat(look(troubled)).isEqualTo(new Failure<>(reason));
        assertThat(gitHub.calls()).isEmpty();
        assertThat(look(other)).isInstanceOf(Success.class);
        gitHub.time().passes(Duration.ofNanos(1));
        assertThat(look(troubled)).isInstanceOf(Success.class);
        gitHub.server().fault(aboutTroubled, fault, 1);
        look(1);
        assertThat(look(troubled)).as("it is the first one again").isInstanceOf(Success.class);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void fewer_refusals_are_followed_by_a_success_at_once(Fault fault, Reason reason, Duration pause) {
        for (int refusals : List.of(1, 2, IN_A_ROW - 1, IN_A_ROW - 1)) {
            gitHub.server().fault(aboutTroubled, fault, refusals);
            look(refusals);
            assertThat(look(troubled)).as("after %d refusals", refusals).isInstanceOf(Success.class);
        }
    }

    @Test
    void an_owner_whose_calls_hang_does_not_block_another() throws Exception {
        var release = new CountDownLatch(1);
        gitHub.server().fault(aboutTroubled, (call, real) -> {
            awaited(release);
            return real.get();
        });
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<GitHubResult<Installation>>> hanging = IntStream.range(0, 100)
                    .mapToObj(caller -> callers.submit(() -> look(troubled)))
                    .toList();
            gitHub.log().await(aboutTroubled, 40, GitHubFixture.SOON);
            assertThat(look(other)).isInstanceOf(Success.class);
            assertThat(hanging).noneMatch(Future::isDone);
            assertThat(gitHub.log().count(aboutTroubled)).isLessThanOrEqualTo(80);
            release.countDown();
        }
    }

    private GitHubResult<Installation> look(String account) {
        return gitHub.client().installation(gitHub.caller(), account);
    }

    private void look(int times) {
        for (int call = 0; call < times; call++) {
            assertThat(look(troubled)).isInstanceOf(Failure.class);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            throw new IllegalStateException(closed);
        }
    }
}
