package dev.octosts.exchange.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.GitHubCall;
import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.api.GitHubCall.Quota;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.installation.TestInstallations;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.CallKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Three Apps, all of them installed. */
@Timeout(30)
class AppRankingTest {

    private static final long SOFT = 5_000;
    private static final long HARD = 1_500;
    private static final Duration STALE = Duration.ofMinutes(5);
    private static final long SAYS_NOTHING = -1;

    private final GitHubFixture gitHub = new GitHubFixture();
    private final Installations installations = TestInstallations.of(gitHub);
    private final RateLimitTracker rateLimits =
            new RateLimitTracker(STALE, gitHub.sandbox().clock(), gitHub.time());
    private final AppRanking ranking = new AppRanking(installations, rateLimits, SOFT, HARD);
    private final GitHubApp first = gitHub.caller();
    private final GitHubApp second = installed("second");
    private final GitHubApp third = installed("third");
    private final List<GitHubApp> pool = List.of(first, second, third);

    @BeforeEach
    void everyInstallationIsKnown() {
        pool.forEach(app -> installations.find(List.of(app), gitHub.owner()));
        gitHub.log().clear();
    }

    @AfterEach
    void close() {
        gitHub.close();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "9000, 8000, 7000, 123", "7000, 8000, 9000, 321", "8000, 9000, 7000, 213", // all above the soft floor
        "5000, 4999, 4998, 123", "4999, 5000, 1500, 213", "1499, 1500, 5000, 321", // each at a floor
        "4999, 1500, 3000, 132", "100, 1500, 200, 231", "0, 1499, 700, 231", // none above the soft floor
        "0, 15000, 0, 2", "10000000, 9000, 8000, 123"
    })
    void the_app_with_most_left_serves_and_floors_go_first(long one, long two, long three, String order) {
        told(one, two, three);
        for (int exchange = 0; exchange < 4; exchange++) {
            assertThat(names(order())).startsWith(order);
        }
    }

    @Test
    void equals_take_turns() {
        told(6000, 6000, 6000);
        assertThat(servedIn(6)).containsExactly(first, second, third, first, second, third);
    }

    @Test
    void with_one_of_whom_nothing_is_known_all_take_turns() {
        told(15_000, 10, SAYS_NOTHING);
        assertThat(servedIn(6)).containsExactly(first, second, third, first, second, third);
    }

    @Test
    void an_app_whose_installation_is_not_known_is_one_of_whom_nothing_is_known() {
        var fourth = installed("fourth");
        told(15_000, 10, 10);
        told(fourth, 9_000);
        var all = List.of(first, second, third, fourth);
        assertThat(IntStream.range(0, 4)
                        .mapToObj(turn -> ranking.order(all, gitHub.owner()).getFirst()))
                .containsExactly(first, second, third, fourth);
    }

    @Test
    void owners_take_turns_apart() {
        var other = "other-" + gitHub.owner();
        assertThat(IntStream.range(0, 6)
                        .mapToObj(turn -> List.of(
                                order().getFirst(), ranking.order(pool, other).getFirst())))
                .containsExactly(
                        List.of(first, second),
                        List.of(second, third),
                        List.of(third, first),
                        List.of(first, second),
                        List.of(second, third),
                        List.of(third, first));
    }

    @Test
    void an_app_that_is_not_installed_or_suspended_is_left_out_without_a_call() {
        var absent = gitHub.caller(gitHub.newApp("absent"));
        var suspended = gitHub.newApp("suspended");
        gitHub.server().install(suspended, gitHub.organization()).suspend(Instant.now());
        var all = List.of(absent, gitHub.caller(suspended), first);
        assertThat(ranking.order(all, gitHub.owner())).hasSize(3);
        installations.find(List.of(absent), gitHub.owner());
        installations.find(List.of(gitHub.caller(suspended)), gitHub.owner());
        gitHub.log().clear();
        assertThat(ranking.order(all, gitHub.owner())).containsExactly(first);
        assertThat(gitHub.calls()).isEmpty();
    }

    @Test
    void with_none_installed_all_are_told_so_that_the_look_says_why() {
        var absent = gitHub.caller(gitHub.newApp("absent"));
        var other = gitHub.caller(gitHub.newApp("other"));
        installations.find(List.of(absent, other), gitHub.owner());
        assertThat(ranking.order(List.of(absent, other), gitHub.owner())).containsExactlyInAnyOrder(absent, other);
    }

    @Test
    void what_is_in_use_is_looked_at_again_before_it_is_forgotten() {
        var absent = gitHub.caller(gitHub.newApp("absent"));
        installations.find(List.of(absent), gitHub.owner());
        gitHub.log().clear();
        gitHub.time().passes(Duration.ofMinutes(4));
        ranking.order(List.of(absent, first), gitHub.owner());
        gitHub.log().await(call -> call.kind() == CallKind.FIND_INSTALLATION, 1, GitHubFixture.SOON);
    }

    @Test
    void an_old_word_counts_no_more_and_all_take_turns() {
        told(9000, 8000, 7000);
        gitHub.time().passes(STALE);
        assertThat(servedIn(3)).containsOnly(first);
        gitHub.time().passes(Duration.ofNanos(1));
        assertThat(servedIn(3)).containsExactly(first, second, third);
    }

    @Test
    void an_app_seen_below_the_hard_floor_stays_last_until_its_window_ends() {
        told(9000, HARD - 1, 7000);
        gitHub.time().passes(STALE.plusNanos(1));
        assertThat(servedIn(6)).containsOnly(first, third);
        told(first, 2000);
        told(third, 2000);
        assertThat(servedIn(3)).doesNotContain(second);
        gitHub.time().passes(Duration.ofHours(1));
        assertThat(servedIn(3)).containsExactlyInAnyOrder(first, second, third);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE / 2, -86_400, 0, 1, 86_400, Long.MAX_VALUE / 2})
    void whatever_the_clock_says_the_window_ends_within_the_hour(long reset) {
        told(first, 9000);
        told(third, 9000);
        rateLimits.learn(call(second, new Quota(15_000, 10, 0, Math.max(0, reset), "core")));
        gitHub.time().passes(Duration.ofHours(1));
        assertThat(servedIn(3)).containsExactlyInAnyOrder(first, second, third);
    }

    @Test
    void a_clock_that_is_set_back_keeps_nobody_back_for_longer_than_the_window() {
        told(9000, 10, 7000);
        gitHub.sandbox().clock().advance(Duration.ofDays(-1));
        try {
            gitHub.time().passes(Duration.ofHours(1));
            assertThat(servedIn(3)).containsExactlyInAnyOrder(first, second, third);
        } finally {
            gitHub.sandbox().clock().advance(Duration.ofDays(1));
        }
    }

    @Test
    void what_counts_against_another_quota_or_makes_no_sense_teaches_nothing() {
        told(6000, 9000, 6000);
        var reset = gitHub.sandbox().clock().instant().getEpochSecond() + 60;
        rateLimits.learn(call(first, Endpoint.MINT, new Quota(5000, 15_000, 0, reset, "core")));
        rateLimits.learn(call(first, new Quota(5000, 15_000, 0, reset, "search")));
        rateLimits.learn(call(first, new Quota(0, 15_000, 0, reset, "core")));
        rateLimits.learn(call(first, new Quota(Long.MAX_VALUE, 15_000, 0, reset, "core")));
        rateLimits.learn(call(first, new Quota(15_000, Long.MAX_VALUE, 0, reset, "core")));
        rateLimits.learn(call(first, null));
        assertThat(servedIn(2)).containsOnly(second);
    }

    @Test
    void the_latest_word_counts() {
        told(9000, 8000, 7000);
        told(first, 6500);
        assertThat(names(order())).isEqualTo("231");
    }

    @Test
    void an_app_that_github_wants_to_pause_comes_last_until_the_time_is_up() {
        told(9000, 8000, 7000);
        rateLimits.learn(limited(first, Endpoint.CONTENTS, Duration.ofSeconds(60)));
        assertThat(names(order())).isEqualTo("231");
        rateLimits.learn(limited(second, Endpoint.MINT, Duration.ofSeconds(90)));
        assertThat(names(order())).isEqualTo("312");
        gitHub.time().passes(Duration.ofSeconds(60));
        assertThat(names(order())).isEqualTo("132");
        gitHub.time().passes(Duration.ofSeconds(30));
        assertThat(names(order())).isEqualTo("123");
    }

    @Test
    void a_pause_ends_with_a_good_answer_of_the_same_kind() {
        told(9000, 8000, 7000);
        rateLimits.learn(limited(first, Endpoint.CONTENTS, Duration.ofHours(1)));
        rateLimits.learn(call(first, Endpoint.MINT, null));
        assertThat(names(order())).isEqualTo("231");
        rateLimits.learn(call(first, Endpoint.CONTENTS, null));
        assertThat(names(order())).isEqualTo("123");
    }

    @Test
    void a_pause_is_for_one_app_and_one_owner() {
        var other = "other-" + gitHub.owner();
        assertThat(ranking.order(pool, other).getFirst()).isEqualTo(first);
        rateLimits.learn(limited(first, Endpoint.CONTENTS, Duration.ofHours(1)));
        assertThat(names(ranking.order(pool, other))).isEqualTo("231");
        assertThat(names(ranking.order(pool, other))).isEqualTo("312");
        assertThat(names(ranking.order(pool, other))).isEqualTo("123");
        assertThat(names(order())).isEqualTo("231");
        assertThat(names(order())).isEqualTo("321");
    }

    private GitHubApp installed(String slug) {
        var app = gitHub.newApp(slug);
        gitHub.server().install(app, gitHub.organization());
        return gitHub.caller(app);
    }

    private void told(long one, long two, long three) {
        told(first, one);
        told(second, two);
        told(third, three);
    }

    private void told(GitHubApp app, long remaining) {
        if (remaining != SAYS_NOTHING) {
            var reset = gitHub.sandbox().clock().instant().plus(Duration.ofMinutes(55));
            rateLimits.learn(call(app, new Quota(15_000, remaining, 0, reset.getEpochSecond(), "core")));
        }
    }

    private GitHubCall call(GitHubApp app, @Nullable Quota quota) {
        return call(app, Endpoint.CONTENTS, quota);
    }

    private GitHubCall call(GitHubApp app, Endpoint endpoint, @Nullable Quota quota) {
        return new GitHubCall(endpoint, 200, 1, app.id(), gitHub.owner(), 7, false, Duration.ZERO, quota);
    }

    private GitHubCall limited(GitHubApp app, Endpoint endpoint, Duration retryAfter) {
        return new GitHubCall(endpoint, 403, 1, app.id(), gitHub.owner(), 7, true, retryAfter, null);
    }

    private List<GitHubApp> order() {
        return ranking.order(pool, gitHub.owner());
    }

    private List<GitHubApp> servedIn(int exchanges) {
        return IntStream.range(0, exchanges)
                .mapToObj(turn -> order().getFirst())
                .toList();
    }

    private String names(List<GitHubApp> apps) {
        var names = new StringBuilder();
        apps.forEach(app -> names.append(pool.indexOf(app) + 1));
        return names.toString();
    }
}
