package dev.octosts.exchange.source;

import static dev.octosts.exchange.source.PolicySourceFixture.ALMOST;
import static dev.octosts.exchange.source.PolicySourceFixture.FRESH;
import static dev.octosts.exchange.source.PolicySourceFixture.HOUR;
import static dev.octosts.exchange.source.PolicySourceFixture.POLICY;
import static dev.octosts.exchange.source.PolicySourceFixture.READ;
import static dev.octosts.sandbox.github.Calls.kind;
import static dev.octosts.sandbox.github.Calls.readMint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a known policy, and of the read tokens, while GitHub limits, refuses, fails or lags. */
@Timeout(60)
class PolicyTroubleTest {

    private static final Predicate<Call> UNSEEN = kind(CallKind.CONTENT).or(kind(CallKind.REPOSITORY));

    private final PolicySourceFixture world = new PolicySourceFixture();
    private final GitHubFixture gitHub = world.gitHub;
    private final PolicyFile file = world.file;
    private final PolicySource policies = world.policies;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_known_copy_is_served_for_an_hour_while_github_limits() {
        world.put(POLICY);
        var first = world.found();
        gitHub.server().fault(READ, Faults.primaryLimit());
        gitHub.time().passes(HOUR.minus(ALMOST));
        try (var log = LogCapture.open()) {
            assertThat(world.found()).isSameAs(first);
            assertThat(log.text()).contains("serving a known copy");
        }
        gitHub.time().passes(ALMOST);
        assertThat(world.find()).isEqualTo(new Failure<>(Reason.LIMITED));
    }

    static Stream<Arguments> otherTroubles() {
        return Stream.of(
                Arguments.of(READ, Faults.badGateway(), Reason.UNAVAILABLE),
                Arguments.of(READ, Faults.reset(), Reason.UNAVAILABLE),
                Arguments.of(READ, Faults.malformed(), Reason.UNAVAILABLE),
                Arguments.of(READ, Faults.status(401), Reason.UNAUTHORIZED),
                Arguments.of(UNSEEN, Faults.status(404), Reason.UNAVAILABLE),
                Arguments.of(readMint(), Faults.forbidden(), Reason.UNAVAILABLE),
                Arguments.of(readMint(), Faults.status(401), Reason.UNAVAILABLE),
                Arguments.of(readMint(), Faults.badGateway(), Reason.UNAVAILABLE));
    }

    @ParameterizedTest
    @MethodSource("otherTroubles")
    void a_known_copy_is_not_served_in_other_trouble_and_trouble_is_not_remembered(
            Predicate<Call> when, Fault fault, Reason reason) {
        world.put(POLICY);
        world.found();
        gitHub.time().passes(FRESH);
        gitHub.server().fault(when, fault);
        assertThat(world.find()).isEqualTo(new Failure<>(reason));
        assertThat(policies.isKnownAbsent(file)).isFalse();
        gitHub.server().clearFaults();
        assertThat(world.found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void a_refusal_of_the_read_drops_the_known_copy_and_is_remembered_for_a_minute() {
        world.put(POLICY);
        world.found();
        gitHub.time().passes(FRESH);
        gitHub.server().fault(READ, Faults.forbidden(), 1);
        assertThat(world.find()).isEqualTo(new Failure<>(Reason.FORBIDDEN));
        gitHub.time().passes(Duration.ofSeconds(48).minus(ALMOST));
        assertThat(world.find()).isEqualTo(new Failure<>(Reason.FORBIDDEN));
        gitHub.time().passes(Duration.ofMinutes(1));
        gitHub.server().fault(READ, Faults.primaryLimit(), 1);
        assertThat(world.find()).as("a limit does not bring the copy back").isEqualTo(new Failure<>(Reason.LIMITED));
        assertThat(world.found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void nothing_can_be_unchanged_that_was_never_seen() {
        world.put(POLICY);
        gitHub.server().fault(READ, Faults.reply(Reply.empty(304)), 1);
        assertThat(world.find()).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
        assertThat(world.found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void what_is_no_file_takes_the_place_of_the_known_copy() {
        world.put(POLICY);
        world.found();
        gitHub.repository().remove(file.path()).put(file.path() + "/x", "y");
        gitHub.time().passes(FRESH);
        assertThat(world.found()).isInstanceOf(PolicyState.NotAFile.class);
        gitHub.server().fault(READ, Faults.primaryLimit());
        assertThat(world.found()).as("a limit does not bring the copy back").isInstanceOf(PolicyState.NotAFile.class);
    }

    @Test
    void lag_of_github_is_waited_for() {
        world.put(POLICY);
        gitHub.server().fault(UNSEEN, Faults.status(404), 2);
        assertThat(world.found()).isInstanceOf(PolicyState.Present.class);
        gitHub.repository().remove(file.path());
        gitHub.time().passes(FRESH);
        gitHub.server().fault(READ, Faults.status(401), 1);
        assertThat(world.found()).isInstanceOf(PolicyState.Absent.class);
    }

    @Test
    void what_has_to_be_looked_at_again_is_served_while_github_limits() {
        world.put(POLICY);
        var first = world.found();
        policies.expireAll();
        gitHub.server().fault(READ, Faults.primaryLimit(), 1);
        assertThat(world.found()).isSameAs(first);
        gitHub.repository().remove(file.path());
        assertThat(world.found()).isInstanceOf(PolicyState.Absent.class);
    }

    @Test
    void tokens_for_reading_are_revoked_also_when_the_read_fails() {
        for (Fault fault : List.of(Faults.status(500), Faults.malformed(), Faults.reset())) {
            gitHub.server().clearFaults();
            gitHub.server().fault(READ, fault);
            assertThat(world.find()).isInstanceOf(Failure.class);
        }
        assertThat(gitHub.mintedTokens()).hasSize(3);
        gitHub.awaitRevocationOfAllBut();
    }
}
