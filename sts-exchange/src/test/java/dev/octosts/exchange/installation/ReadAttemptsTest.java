package dev.octosts.exchange.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.api.AttemptedCall;
import dev.octosts.api.CacheLookup;
import dev.octosts.api.GitHubCall;
import dev.octosts.api.Telemetry;
import dev.octosts.api.TurnedAway;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadAttemptsTest {

    private final List<AttemptedCall> failed = new ArrayList<>();
    private final ReadAttempts attempts = new ReadAttempts(new Telemetry() {
        @Override
        public void called(GitHubCall call) {}

        @Override
        public void attemptFailed(AttemptedCall call) {
            failed.add(call);
        }

        @Override
        public void lookedUp(CacheLookup lookup) {}

        @Override
        public void turnedAway(TurnedAway reason) {}

        @Override
        public void routed(AssignmentOutcome route) {}
    });

    @Test
    void counts_each_attempt_that_brings_no_usable_answer() {
        GitHubResult<String> none = new GitHubResult.Failure<>(Reason.UNAVAILABLE);

        assertThatThrownBy(() -> attempts.make(() -> none)).isInstanceOf(ReadAttempts.NoReadException.class);

        assertThat(failed).containsExactly(AttemptedCall.GITHUB_READ);
    }

    @Test
    void counts_no_answer_that_says_something() {
        GitHubResult<String> absent = new GitHubResult.Failure<>(Reason.NOT_FOUND);

        assertThat(attempts.make(() -> absent)).isEqualTo(absent);
        assertThat(attempts.make(() -> new GitHubResult.Success<>("text"))).isInstanceOf(GitHubResult.Success.class);
        assertThat(failed).isEmpty();
    }
}
