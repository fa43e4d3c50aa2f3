package dev.octosts.exchange.source;

import static dev.octosts.github.fixture.GitHubFixture.REPOSITORY;
import static dev.octosts.sandbox.github.Calls.kind;
import static dev.octosts.sandbox.github.Calls.readMint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.installation.InstallationTokens;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.installation.ReadAttempts;
import dev.octosts.exchange.installation.ReadScope;
import dev.octosts.exchange.installation.ReadTokens;
import dev.octosts.exchange.installation.RepositoryReader;
import dev.octosts.exchange.installation.TestInstallations;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Route;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.policy.PolicyKind;
import dev.octosts.sandbox.Await;
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

@Timeout(60)
class PolicySourceTest {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration LAST_FIFTH = Duration.ofMinutes(4);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration ALMOST = Duration.ofNanos(1);
    private static final Predicate<Call> READ = kind(CallKind.CONTENT);
    private static final Predicate<Call> UNSEEN = kind(CallKind.CONTENT).or(kind(CallKind.REPOSITORY));
    private static final String POLICY = """
            issuer: https://issuer.example
            subject: someone
            permissions:
              issues: write
            """;

    private final GitHubFixture gitHub = new GitHubFixture();
    private final PolicyFile file = new PolicyFile(gitHub.owner(), REPOSITORY, "ci", PolicyKind.REPOSITORY);
    private final Installations installations = TestInstallations.of(gitHub);
    private final ReadAttempts attempts = new ReadAttempts();
    private final PolicySource policies = new PolicySource(
            new RepositoryReader(
                    gitHub.client(),
                    new ReadTokens(gitHub.client(), new InstallationTokens(gitHub.client(), installations), attempts),
                    attempts,
                    List.of(Duration.ofMillis(5))),
            gitHub.time(),
            lookup -> {});
    private final Route route = TestInstallations.route(gitHub, installations);

    @AfterEach
    void close() {
        gitHub.close();
    }

    @Test
    void a_policy_is_read_once_and_fresh_for_five_minutes() {
        put(POLICY);
        var first = found();
        gitHub.log().clear();
        gitHub.time().passes(LAST_FIFTH.minus(ALMOST));
        put(POLICY.replace("someone", "else"));
        assertThat(found()).isSameAs(first);
        assertThat(gitHub.calls()).isEmpty();
    }

    @Test
    void a_policy_that_did_not_change_is_not_sent_or_compiled_again() {
        put(POLICY);
        var first = found();
        gitHub.time().passes(FRESH);
        gitHub.log().clear();
        assertThat(found()).isSameAs(first);
        assertThat(gitHub.calls()).containsExactly(CallKind.MINT, CallKind.CONTENT);
        assertThat(gitHub.log().of(CallKind.CONTENT).getFirst().status()).isEqualTo(304);
        gitHub.time().passes(LAST_FIFTH.minus(ALMOST));
        gitHub.log().clear();
        assertThat(found()).isSameAs(first);
        assertThat(gitHub.calls()).isEmpty();
    }

    @Test
    void a_policy_that_changed_is_noticed_after_five_minutes() {
        put(POLICY);
        found();
        put("nope: 1");
        gitHub.time().passes(FRESH);
        assertThat(found()).isInstanceOf(PolicyState.Unparsable.class);
        put(POLICY);
        gitHub.time().passes(FRESH);
        assertThat(found()).isInstanceOf(PolicyState.Present.class);
        gitHub.repository().remove(file.path());
        gitHub.time().passes(FRESH);
        assertThat(found()).isInstanceOf(PolicyState.Absent.class);
    }

    @Test
    void a_policy_in_use_is_read_again_before_its_end_while_callers_go_on_with_it() {
        put(POLICY);
        var first = found();
        gitHub.time().passes(LAST_FIFTH);
        put("nope: 1");
        gitHub.log().clear();
        assertThat(found()).isSameAs(first);
        gitHub.log().await(READ.and(call -> call.status() == 200), GitHubFixture.SOON);
        Await.until("the new policy is known", () -> found() instanceof PolicyState.Unparsable);
        assertThat(gitHub.log().count(READ)).isOne();
    }

    @Test
    void a_known_copy_is_served_for_an_hour_while_github_limits() {
        put(POLICY);
        var first = found();
        gitHub.server().fault(READ, Faults.primaryLimit());
        gitHub.time().passes(HOUR.minus(ALMOST));
        try (var log = LogCapture.open()) {
            assertThat(found()).isSameAs(first);
            assertThat(log.text()).contains("serving a known copy");
        }
        gitHub.time().passes(ALMOST);
        assertThat(find()).isEqualTo(new Failure<>(Reason.LIMITED));
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
        put(POLICY);
        found();
        gitHub.time().passes(FRESH);
        gitHub.server().fault(when, fault);
        assertThat(find()).isEqualTo(new Failure<>(reason));
        assertThat(policies.isKnownAbsent(file)).isFalse();
        gitHub.server().clearFaults();
        assertThat(found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void a_refusal_of_the_read_drops_the_known_copy_and_is_remembered_for_a_minute() {
        put(POLICY);
        found();
        gitHub.time().passes(FRESH);
        gitHub.server().fault(READ, Faults.forbidden(), 1);
        assertThat(find()).isEqualTo(new Failure<>(Reason.FORBIDDEN));
        gitHub.time().passes(Duration.ofSeconds(48).minus(ALMOST));
        assertThat(find()).isEqualTo(new Failure<>(Reason.FORBIDDEN));
        gitHub.time().passes(Duration.ofMinutes(1));
        gitHub.server().fault(READ, Faults.primaryLimit(), 1);
        assertThat(find()).as("a limit does not bring the copy back").isEqualTo(new Failure<>(Reason.LIMITED));
        assertThat(found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void nothing_can_be_unchanged_that_was_never_seen() {
        put(POLICY);
        gitHub.server().fault(READ, Faults.reply(Reply.empty(304)), 1);
        assertThat(find()).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
        assertThat(found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void what_is_no_file_takes_the_place_of_the_known_copy() {
        put(POLICY);
        found();
        gitHub.repository().remove(file.path()).put(file.path() + "/x", "y");
        gitHub.time().passes(FRESH);
        assertThat(found()).isInstanceOf(PolicyState.NotAFile.class);
        gitHub.server().fault(READ, Faults.primaryLimit());
        assertThat(found()).as("a limit does not bring the copy back").isInstanceOf(PolicyState.NotAFile.class);
    }

    @Test
    void a_repository_that_the_installation_does_not_see_is_remembered_like_an_absence() {
        put(POLICY);
        found();
        gitHub.time().passes(FRESH);
        gitHub.server().fault(readMint(), Faults.unprocessable(), 1);
        assertThat(found()).isInstanceOf(PolicyState.Absent.class);
        assertThat(policies.isKnownAbsent(file)).isTrue();
        gitHub.time().passes(FRESH);
        assertThat(policies.isKnownAbsent(file)).isFalse();
        assertThat(found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void lag_of_github_is_waited_for() {
        put(POLICY);
        gitHub.server().fault(UNSEEN, Faults.status(404), 2);
        assertThat(found()).isInstanceOf(PolicyState.Present.class);
        gitHub.repository().remove(file.path());
        gitHub.time().passes(FRESH);
        gitHub.server().fault(READ, Faults.status(401), 1);
        assertThat(found()).isInstanceOf(PolicyState.Absent.class);
    }

    @Test
    void an_absence_costs_one_more_look_at_the_repository() {
        assertThat(found()).isInstanceOf(PolicyState.Absent.class);
        assertThat(gitHub.calls())
                .containsExactly(CallKind.FIND_INSTALLATION, CallKind.MINT, CallKind.CONTENT, CallKind.REPOSITORY);
    }

    @Test
    void a_policy_is_remembered_that_was_there_within_the_hour_or_that_is_just_known_to_be_absent() {
        assertThat(policies.isRemembered(file)).isFalse();
        found();
        assertThat(policies.isRemembered(file)).isTrue();
        gitHub.time().passes(FRESH);
        assertThat(policies.isRemembered(file)).isFalse();
        put(POLICY);
        found();
        policies.expireAll();
        assertThat(policies.isRemembered(file)).isTrue();
        gitHub.time().passes(HOUR);
        assertThat(policies.isRemembered(file)).isFalse();
    }

    @Test
    void what_has_to_be_looked_at_again_is_served_while_github_limits() {
        put(POLICY);
        var first = found();
        policies.expireAll();
        gitHub.server().fault(READ, Faults.primaryLimit(), 1);
        assertThat(found()).isSameAs(first);
        gitHub.repository().remove(file.path());
        assertThat(found()).isInstanceOf(PolicyState.Absent.class);
    }

    @Test
    void only_a_real_absence_is_remembered_for_five_minutes() {
        assertThat(policies.isKnownAbsent(file)).isFalse();
        assertThat(found()).isInstanceOf(PolicyState.Absent.class);
        put(POLICY);
        assertThat(policies.isKnownAbsent(file)).isTrue();
        gitHub.time().passes(FRESH);
        assertThat(policies.isKnownAbsent(file)).isFalse();
        assertThat(found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void what_is_no_file_is_not_remembered() {
        gitHub.repository().put(file.path() + "/x", "y");
        assertThat(found()).isInstanceOf(PolicyState.NotAFile.class);
        assertThat(policies.isKnownAbsent(file)).isFalse();
        gitHub.repository().remove(file.path());
        put(POLICY);
        assertThat(found()).isInstanceOf(PolicyState.Present.class);
    }

    @Test
    void a_policy_that_cannot_be_used_is_remembered_and_its_faults_are_logged() {
        put("issuer: a\nissuer: b\n");
        try (var log = LogCapture.open()) {
            assertThat(found()).isInstanceOf(PolicyState.Unparsable.class);
            assertThat(log.text()).contains(file.path(), gitHub.owner(), "2:");
        }
        gitHub.log().clear();
        assertThat(found()).isInstanceOf(PolicyState.Unparsable.class);
        assertThat(gitHub.calls()).isEmpty();
    }

    @Test
    void tokens_for_reading_are_revoked_also_when_the_read_fails() {
        for (Fault fault : List.of(Faults.status(500), Faults.malformed(), Faults.reset())) {
            gitHub.server().clearFaults();
            gitHub.server().fault(READ, fault);
            assertThat(find()).isInstanceOf(Failure.class);
        }
        assertThat(gitHub.mintedTokens()).hasSize(3);
        gitHub.awaitRevocationOfAllBut();
    }

    private void put(String policy) {
        gitHub.repository().put(file.path(), policy);
    }

    private GitHubResult<PolicyState> find() {
        return policies.find(file, ReadScope.of(route, REPOSITORY));
    }

    private PolicyState found() {
        return switch (find()) {
            case Success<PolicyState>(var state) -> state;
            case Failure<PolicyState>(var reason) -> throw new AssertionError(reason);
        };
    }
}
