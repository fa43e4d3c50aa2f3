package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.sandbox.github.Calls.app;
import static dev.octosts.sandbox.github.Calls.file;
import static dev.octosts.sandbox.github.Calls.readMint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ProblemCode;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.GitHubApp;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool of four Apps, all installed, some of which GitHub limits. */
@Timeout(60)
class ExchangePoolLimitsTest {

    private static final Predicate<Call> READ = file(DemoWorld.policyFile(IDENTITY));

    private final ExchangeFixture world =
            new ExchangeFixture(Set.of(), "second-of-four", "third-of-four", "last-of-four");

    @BeforeEach
    void install() {
        world.put(world.policy());
        world.apps().stream()
                .skip(1)
                .forEach(app ->
                        world.gitHub().server().install(app, world.gitHub().organization()));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void the_first_exchange_of_all_goes_on_through_another_app_which_mints() {
        var limited = world.gitHub().server().fault(READ, Faults.primaryLimit(), 2);
        GitHubApp served = world.granted(world.exchange()).installation().app();
        assertThat(limited.hits()).isEqualTo(2);
        List<Call> reads = reads();
        assertThat(reads).extracting(Call::appId).doesNotHaveDuplicates().hasSize(3);
        assertThat(reads.getLast().appId().orElseThrow()).isEqualTo(served.id());
    }

    @Test
    void a_token_to_read_with_that_is_limited_is_asked_of_another_app() {
        world.exchange(world.token().sign(), world.scope(), "other");
        GitHubApp first = world.apps().getFirst();
        world.gitHub().server().fault(readMint().and(app(first)), Faults.secondaryLimit());
        for (int turn = 0; turn < 4; turn++) {
            world.put("repository-" + turn, world.policy());
            var granted = world.granted(
                    world.exchange(world.token().sign(), world.gitHub().owner() + "/repository-" + turn, IDENTITY));
            assertThat(granted.installation().app()).isNotEqualTo(first);
        }
    }

    @Test
    void three_apps_are_asked_at_most() {
        world.gitHub().server().fault(READ, Faults.primaryLimit());
        assertThat(refused(world.exchange()).code()).isEqualTo(ProblemCode.RESOURCE_EXHAUSTED);
        assertThat(reads()).hasSize(3);
    }

    @Test
    void an_app_that_does_not_see_the_repository_says_nothing_for_the_others() {
        for (GitHubApp app : world.apps().subList(0, 2)) {
            world.gitHub()
                    .server()
                    .fault(
                            readMint().and(app(app)).and(ExchangePoolLimitsTest::isForRepository),
                            Faults.unprocessable());
        }
        for (int turn = 0; turn < 4; turn++) {
            world.gitHub().time().passes(Duration.ofMinutes(6));
            var granted = world.granted(world.exchange());
            assertThat(world.apps().subList(2, 4))
                    .contains(granted.installation().app());
        }
    }

    private static boolean isForRepository(Call mint) {
        return mint.json().getJsonArray("repositories").toString().contains(GitHubFixture.REPOSITORY);
    }

    private List<Call> reads() {
        return world.gitHub().log().of(CallKind.CONTENT).stream().filter(READ).toList();
    }
}
