package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.api.RequestedGrant;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.sandbox.github.GitHubApp;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exchanges for {@code checks: write} keep their App among three that take turns. */
@Timeout(60)
class ExchangeStickyTest {

    private static final Duration TTL = Duration.ofHours(1);

    private final AtomicLong time = new AtomicLong();
    private final List<AssignmentOutcome> told = new CopyOnWriteArrayList<>();
    private final ExchangeFixture world =
            new ExchangeFixture(StickyAssignment.inMemory(TTL, time::get, told::add), "second-app", "third-app");

    @BeforeEach
    void installAll() {
        world.apps().stream()
                .skip(1)
                .forEach(app ->
                        world.gitHub().server().install(app, world.gitHub().organization()));
        world.put(world.policy("  checks: write").replace("subject: sub-ok", "subject_pattern: sub-.*"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void uninstall(GitHubApp app) {
        // Installing what is installed gives what there is.
        var server = world.gitHub().server();
        server.uninstall(server.install(app, world.gitHub().organization()));
    }

    private GitHubApp served(String subject) {
        return served(subject, world.scope());
    }

    private GitHubApp served(String subject, String scope) {
        return world.granted(world.exchange(world.token().subject(subject).sign(), scope, IDENTITY))
                .installation()
                .app();
    }

    private Set<GitHubApp> served(int times) {
        return IntStream.range(0, times).mapToObj(turn -> served("sub-a")).collect(Collectors.toSet());
    }

    @Test
    void a_subject_keeps_its_app_and_subjects_are_spread() {
        var first = new HashSet<GitHubApp>();
        for (int number = 0; number < 9; number++) {
            GitHubApp app = served("sub-" + number);
            first.add(app);
            assertThat(served("sub-" + number, world.scope().toUpperCase(Locale.ROOT)))
                    .as("in another spelling")
                    .isEqualTo(app);
        }
        assertThat(first).hasSize(3);
        assertThat(told).filteredOn(AssignmentOutcome.ASSIGNED::equals).hasSize(9);
        assertThat(told).filteredOn(AssignmentOutcome.KEPT::equals).hasSize(9);
    }

    @Test
    void exchanges_without_check_runs_go_on_taking_turns() {
        world.put(world.policy("  checks: read").replace("subject: sub-ok", "subject_pattern: sub-.*"));
        assertThat(served(9)).hasSize(3);
        assertThat(told).isEmpty();
    }

    @Test
    void so_do_those_that_leave_check_runs_out_of_what_they_ask_for() {
        world.put(world.policy("  checks: write"));
        var apps = IntStream.range(0, 9)
                .mapToObj(turn -> world.granted(
                                world.exchange(new RequestedGrant(Map.of("issues", "write"), List.of())))
                        .installation()
                        .app())
                .collect(Collectors.toSet());
        assertThat(apps).hasSize(3);
        assertThat(told).isEmpty();
    }

    @Test
    void an_installation_that_is_gone_is_replaced_for_good_within_the_exchange() {
        GitHubApp app = served("sub-a");
        uninstall(app);
        GitHubApp next = served("sub-a");
        assertThat(next).isNotEqualTo(app);
        assertThat(served(9)).containsExactly(next);
        assertThat(told).filteredOn(AssignmentOutcome.MOVED::equals).hasSize(1);
    }

    @Test
    void an_app_that_is_installed_anew_serves_on() {
        GitHubApp app = served("sub-a");
        uninstall(app);
        world.gitHub().server().install(app, world.gitHub().organization());
        assertThat(served(9)).containsExactly(app);
    }

    @Test
    void uses_keep_a_route_alive_and_without_them_it_ends() {
        GitHubApp app = served("sub-a");
        for (int use = 0; use < 4; use++) {
            time.addAndGet(TTL.minusMinutes(1).toNanos());
            assertThat(served("sub-a")).isEqualTo(app);
        }
        told.clear();
        time.addAndGet(TTL.plusMinutes(1).toNanos());
        served("sub-a");
        assertThat(told).containsExactly(AssignmentOutcome.ASSIGNED);
    }

    @Test
    void a_policy_that_names_its_app_needs_no_store() {
        GitHubApp third = world.apps().get(2);
        world.put(world.policy("  checks: write", "app: " + third.slug())
                .replace("subject: sub-ok", "subject_pattern: sub-.*"));
        assertThat(served(4)).containsExactly(third);
        assertThat(told).isEmpty();
    }

    @Test
    void a_pattern_of_slugs_leaves_a_choice_that_is_kept() {
        String slugs = world.apps().stream().skip(1).map(GitHubApp::slug).collect(Collectors.joining("|"));
        world.put(world.policy("  checks: write", "app_pattern: (" + slugs + ")")
                .replace("subject: sub-ok", "subject_pattern: sub-.*"));
        GitHubApp app = served("sub-a");
        assertThat(app).isNotEqualTo(world.apps().getFirst());
        assertThat(served(9)).containsExactly(app);
    }
}
