package dev.octosts.exchange.source;

import static dev.octosts.exchange.source.PolicySourceFixture.ALMOST;
import static dev.octosts.exchange.source.PolicySourceFixture.FRESH;
import static dev.octosts.exchange.source.PolicySourceFixture.HOUR;
import static dev.octosts.exchange.source.PolicySourceFixture.POLICY;
import static dev.octosts.exchange.source.PolicySourceFixture.READ;
import static dev.octosts.sandbox.github.Calls.readMint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a policy is read, and how long what was read holds. */
@Timeout(60)
class PolicySourceTest {

    private static final Duration LAST_FIFTH = Duration.ofMinutes(4);

    private final PolicySourceFixture world = new PolicySourceFixture();
    private final GitHubFixture gitHub = world.gitHub;
    private final PolicyFile file = world.file;
    private final PolicySource policies = world.policies;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_policy_is_read_once_and_fresh_for_five_minutes() {
        world.put(POLICY);
        var first = world.found();
        gitHub.log().clear();
        gitHub.time().passes(LAST_FIFTH.minus(ALMOST));
        world.put(POLICY.replace("someone", "else"));
        assertThat(world.found()).isSameAs(first);
        assertThat(gitHub.calls()).isEmpty();
    }

    @Test
    void a_policy_that_did_not_change_is_not_sent_or_compiled_again() {
        world.put(POLICY);
        var first = world.found();
        gitHub.time().passes(FRESH);
        gitHub.log().clear();
        assertThat(world.found()).isSameAs(first);
        assertThat(gitHub.calls()).containsExactly(CallKind.MINT, CallKind.CONTENT);
        assertThat(gitHub.log().of(CallKind.CONTENT).getFirst().status()).isEqualTo(304);
        gitHub.time().passes(LAST_FIFTH.minus(ALMOST));
        gitHub.log().clear();
        assertThat(world.found()).isSameAs(first);
        assertThat(gitHub.calls()).isEmpty();
    }

    @Test
    void a_policy_that_changed_is_noticed_after_five_minutes() {
        world.put(POLICY);
        world.found();
        world.put("nope: 1");
        gitHub.time().passes(FRESH);
        assertThat(world.found()).isInstanceOf(PolicyState.Unparsable.class);
        world.put(POLICY);
        gitHub.time().passes(FRESH);
        assertThat(world.found()).isInstanceOf(PolicyState.Present.class);
        gitHub.repository().remove(file.path());
        gitHub.time().passes(FRESH);
        assertThat(world.found()).isInstanceOf(PolicyState.Absent.class);
    }

    @Test
    void a_policy_in_use_is_read_again_before_its_end_while_callers_go_on_with_it() {
        world.put(POLICY);
        var first = world.found();
        gitHub.time().passes(LAST_FIFTH);
        world.put("nope: 1");
        gitHub.log().clear();
        assertThat(world.found()).isSameAs(first);
        gitHub.log().await(READ.and(call -> call.status() == 200), GitHubFixture.SOON);
        Await.until("the new policy is known", () -> world.found() instanceof PolicyState.Unparsable);
        assertThat(gitHub.log().count(READ)).isOne();
    }

    @Test
    void a_repository_that_the_installation_does_not_see_is_remembered_like_an_absence() {
        world.put(POLICY);
        world.found();
        gitHub.time().passes(FRESH);
        gitHub.server().fault(readMint(), Faults.unprocessable(), 1);
        assertThat(world.found()).isInstanceOf(PolicyState.Absent.class);
        assertThat(policies.isKnownAbsent(file)).isTrue();
        gitHub.time().passes(FRESH);
        assertThat(policies.isKnownAbsent(file)).isFalse();
        assertThat(world.found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void an_absence_costs_one_more_look_at_the_repository() {
        assertThat(world.found()).isInstanceOf(PolicyState.Absent.class);
        assertThat(gitHub.calls())
                .containsExactly(CallKind.FIND_INSTALLATION, CallKind.MINT, CallKind.CONTENT, CallKind.REPOSITORY);
    }

    @Test
    void a_policy_is_remembered_that_was_there_within_the_hour_or_that_is_just_known_to_be_absent() {
        assertThat(policies.isRemembered(file)).isFalse();
        world.found();
        assertThat(policies.isRemembered(file)).isTrue();
        gitHub.time().passes(FRESH);
        assertThat(policies.isRemembered(file)).isFalse();
        world.put(POLICY);
        world.found();
        policies.expireAll();
        assertThat(policies.isRemembered(file)).isTrue();
        gitHub.time().passes(HOUR);
        assertThat(policies.isRemembered(file)).isFalse();
    }

    @Test
    void only_a_real_absence_is_remembered_for_five_minutes() {
        assertThat(policies.isKnownAbsent(file)).isFalse();
        assertThat(world.found()).isInstanceOf(PolicyState.Absent.class);
        world.put(POLICY);
        assertThat(policies.isKnownAbsent(file)).isTrue();
        gitHub.time().passes(FRESH);
        assertThat(policies.isKnownAbsent(file)).isFalse();
        assertThat(world.found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void what_is_no_file_is_not_remembered() {
        gitHub.repository().put(file.path() + "/x", "y");
        assertThat(world.found()).isInstanceOf(PolicyState.NotAFile.class);
        assertThat(policies.isKnownAbsent(file)).isFalse();
        gitHub.repository().remove(file.path());
        world.put(POLICY);
        assertThat(world.found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void a_policy_that_cannot_be_used_is_remembered_and_its_faults_are_logged() {
        world.put("issuer: a\nissuer: b\n");
        try (var log = LogCapture.open()) {
            assertThat(world.found()).isInstanceOf(PolicyState.Unparsable.class);
            assertThat(log.text()).contains(file.path(), gitHub.owner(), "2:");
        }
        gitHub.log().clear();
        assertThat(world.found()).isInstanceOf(PolicyState.Unparsable.class);
        assertThat(gitHub.calls()).isEmpty();
    }
}
