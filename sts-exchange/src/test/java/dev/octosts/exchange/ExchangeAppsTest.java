package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Problem;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.GitHubApp;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which App of a pool of three serves an exchange; the third is not installed. */
@Timeout(60)
class ExchangeAppsTest {

    private final ExchangeFixture world = new ExchangeFixture(Set.of(), "second-app", "third-app");
    private final GitHubApp first = world.apps().get(0);
    private final GitHubApp second = world.apps().get(1);
    private final GitHubApp third = world.apps().get(2);

    @BeforeEach
    void installTheSecondToo() {
        world.gitHub().server().install(second, world.gitHub().organization());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void installed_apps_take_turns_and_the_others_are_passed_over() {
        world.put(world.policy());
        assertThat(IntStream.range(0, 9).mapToObj(turn -> served()).toList())
                .contains(first, second)
                .doesNotContain(third);
    }

    @Test
    void the_app_that_reads_the_policy_mints() {
        for (int turn = 0; turn < 3; turn++) {
            world.put("repository-" + turn, world.policy());
            world.gitHub().log().clear();
            world.granted(world.exchange(
                    world.token().sign(), world.gitHub().owner() + "/repository-" + turn, ExchangeFixture.IDENTITY));
            assertThat(world.gitHub().log().all().stream()
                            .filter(call -> call.readMint() || call.finalMint())
                            .map(Call::appId)
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void the_app_that_a_policy_names_by_its_id_serves_it_whoever_reads() {
        world.put(world.policy("app: " + second.id()));
        assertThat(IntStream.range(0, 4).mapToObj(turn -> served()).toList()).containsOnly(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app: %s", "app_pattern: octo-(%s|x)", "app_pattern: .*%s"})
    void an_app_is_also_known_by_its_slug(String line) {
        try (var alone = new ExchangeFixture()) {
            String slug = alone.apps().getFirst().slug();
            alone.put(alone.policy(line.formatted(line.contains("(") ? slug.substring("octo-".length()) : slug)));
            alone.granted(alone.exchange());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "app: nobody | trust policy app \"nobody\" is not a configured app",
                "app: '1' | trust policy app \"1\" is not a configured app",
                "app_pattern: nobody-.* | trust policy app_pattern \"nobody-.*\" matches no configured apps for OWNER",
                "app_pattern: octo | trust policy app_pattern \"octo\" matches no configured apps for OWNER"
            })
    void a_policy_that_fits_no_app_is_refused(String line, String message) {
        try (var alone = new ExchangeFixture()) {
            alone.put(alone.policy(line));
            String owner = '"' + alone.gitHub().owner() + '"';
            assertThat(refused(alone.exchange()))
                    .isEqualTo(new Problem(FAILED_PRECONDITION, message.replace("OWNER", owner)));
        }
    }

    @Test
    void a_named_app_that_is_not_installed_is_refused() {
        world.put(world.policy("app: " + third.id()));
        assertThat(refused(world.exchange()))
                .isEqualTo(new Problem(
                        FAILED_PRECONDITION,
                        "no installation for \"" + world.gitHub().owner()
                                + "\" matches the trust policy app pin (missing apps [" + third.id() + "])"));
        assertThat(world.gitHub().log().count(Call::finalMint)).isZero();
    }

    private GitHubApp served() {
        GitHubApp app = world.granted(world.exchange()).installation().app();
        assertThat(List.of(first, second, third)).contains(app);
        return app;
    }
}
