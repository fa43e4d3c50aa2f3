package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Problem;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.github.AppCredential;
import dev.octosts.github.AppPool;
import dev.octosts.github.AppPools;
import dev.octosts.github.key.PemKey;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.GitHubApp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Policies that name Apps as the operator names them. {@code ci-a}, {@code ci-b} and {@code deploy} serve all owners,
 * {@code ci-remote} serves another owner. The first two are installed.
 */
@Timeout(60)
class ExchangeNamedAppsTest {

    private static final List<String> NAMES = List.of("ci-a", "ci-b", "deploy", "ci-remote");

    private static AppPools pools(List<GitHubApp> apps, boolean reversed) {
        var all = apps.stream().map(ExchangeNamedAppsTest::called).toList();
        var ours = all.subList(0, 3);
        return new AppPools(
                Map.of(
                        AppPools.EVERYBODY_ELSE,
                        new AppPool(reversed ? ours.reversed() : ours),
                        "another-org",
                        new AppPool(List.of(all.get(3)))),
                IntStream.range(0, NAMES.size())
                        .boxed()
                        .collect(Collectors.toMap(at -> apps.get(at).id(), NAMES::get)));
    }

    private static dev.octosts.github.GitHubApp called(GitHubApp app) {
        return new dev.octosts.github.GitHubApp(app.id(), app.privateKey(), Clock.systemUTC());
    }

    private static ExchangeFixture world(boolean reversed, UnaryOperator<FixtureWiring.Choice> more) {
        var world = new ExchangeFixture(
                usual -> more.apply(usual.withApps(apps -> pools(apps, reversed))), "second", "third", "fourth");
        world.gitHub().server().install(world.apps().get(1), world.gitHub().organization());
        return world;
    }

    private static ExchangeFixture world() {
        return world(false, UnaryOperator.identity());
    }

    private static String name(ExchangeFixture world, GitHubApp app) {
        return NAMES.get(world.apps().indexOf(app));
    }

    private static String served(ExchangeFixture world) {
        return served(world, ExchangeFixture.SUBJECT);
    }

    private static String served(ExchangeFixture world, String subject) {
        return name(
                world,
                world.granted(world.exchange(world.token().subject(subject).sign(), world.scope(), IDENTITY))
                        .installation()
                        .app());
    }

    /** The line with the id of an App in place of its name in braces. */
    private static String filled(ExchangeFixture world, String line) {
        String filled = line.replace("OWNER", '"' + world.gitHub().owner() + '"');
        for (int at = 0; at < NAMES.size(); at++) {
            filled = filled.replace(
                    "{" + NAMES.get(at) + "}",
                    Long.toString(world.apps().get(at).id()));
        }
        return filled;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "app: ci-a # ci-a",
                "app: ci-b # ci-b",
                "app: '{ci-b}' # ci-b",
                "app_pattern: ci-b|deploy # ci-b",
                "app_pattern: .*-b # ci-b"
            })
    void an_app_is_known_by_its_name_and_its_id(String line, String expected) {
        try (var world = world()) {
            world.put(world.policy(filled(world, line)));
            for (int turn = 0; turn < 3; turn++) {
                assertThat(served(world)).isEqualTo(expected);
            }
        }
    }

    @Test
    void the_apps_and_names_of_the_configuration_may_change_between_two_exchanges() {
        var made = new AtomicReference<AppPools>();
        try (var world = world(
                false,
                choice -> choice.withApps(apps -> {
                    made.set(pools(apps, false));
                    return made.get();
                }))) {
            world.put(world.policy("app: ci-b"));
            assertThat(served(world)).isEqualTo("ci-b");

            var first = credential(world.apps().get(0), "ci-b");
            made.get().replace(Map.of(AppPools.EVERYBODY_ELSE, List.of(first)));
            assertThat(served(world)).as("the first one has that name now").isEqualTo("ci-a");

            made.get().replace(Map.of("another-org", List.of(first)));
            assertThat(refused(world.exchange()).message()).startsWith("no GitHub App configured for org");
        }
    }

    private static AppCredential credential(GitHubApp app, String name) {
        return new AppCredential(app.id(), name, List.of(new PemKey(app.privateKey())));
    }

    @Test
    void a_pattern_leaves_the_choice_among_the_apps_that_match() {
        try (var world = world()) {
            world.put(world.policy("app_pattern: ci-.*"));
            assertThat(Stream.generate(() -> served(world)).limit(6)).containsOnly("ci-a", "ci-b");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "app: nobody | trust policy app \"nobody\" is not a configured app",
                "app: '7' | trust policy app \"7\" is not a configured app",
                "app: ci-remote | trust policy app \"ci-remote\" is not configured for OWNER",
                "app: '{ci-remote}' | trust policy app \"{ci-remote}\" is not configured for OWNER",
                "app_pattern: ci-remote | trust policy app_pattern \"ci-remote\" matches no configured apps for OWNER",
                "app_pattern: ci | trust policy app_pattern \"ci\" matches no configured apps for OWNER",
                "app: deploy | no installation for OWNER matches the trust policy app pin (missing apps [{deploy}])",
                "app_pattern: de.* | no installation for OWNER matches the trust policy app pin (missing apps [{deploy}])"
            })
    void a_pin_that_cannot_be_kept_is_refused_with_its_reason(String line, String message) {
        try (var world = world()) {
            world.put(world.policy(filled(world, line)));

            assertThat(refused(world.exchange())).isEqualTo(new Problem(FAILED_PRECONDITION, filled(world, message)));
            assertThat(world.gitHub().log().count(Call::finalMint)).isZero();
        }
    }

    @Test
    void every_missing_app_is_told_in_order() {
        try (var world = world()) {
            var server = world.gitHub().server();
            world.apps().stream()
                    .limit(2)
                    .forEach(app ->
                            server.uninstall(server.install(app, world.gitHub().organization())));
            server.install(world.apps().get(2), world.gitHub().organization());
            world.put(world.policy("app_pattern: ci-.*"));
            long first = world.apps().get(0).id();
            long second = world.apps().get(1).id();

            assertThat(refused(world.exchange()).message())
                    .endsWith("(missing apps [" + Math.min(first, second) + " " + Math.max(first, second) + "])");
        }
    }

    @Test
    void a_slug_counts_for_nothing_where_apps_have_names() {
        try (var world = world()) {
            String slug = world.apps().getFirst().slug();
            world.put(world.policy("app: " + slug));
            assertThat(refused(world.exchange()).message())
                    .isEqualTo("trust policy app \"" + slug + "\" is not a configured app");
        }
    }

    @Test
    void a_pin_is_looked_at_when_the_token_has_matched_and_not_before() {
        try (var world = world()) {
            world.put(world.policy("app: nobody"));
            assertThat(refused(world.exchange(world.token().subject("other").sign(), world.scope(), IDENTITY))
                            .code())
                    .isEqualTo(PERMISSION_DENIED);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void a_pinned_choice_that_is_kept_does_not_depend_on_the_order_of_the_configuration(
            boolean stored, boolean reversed) {
        var time = new AtomicLong();
        UnaryOperator<FixtureWiring.Choice> keeping = stored
                ? usual -> usual.keepingApps(StickyAssignment.inMemory(Duration.ofHours(1), time::get, told -> {}))
                : UnaryOperator.identity();
        try (var world = world(reversed, keeping)) {
            world.put(world.policy("  checks: write", "app_pattern: ci-.*")
                    .replace("subject: sub-ok", "subject_pattern: sub-.*"));
            var apps = world.apps().stream()
                    .limit(2)
                    .map(ExchangeNamedAppsTest::called)
                    .toList();
            for (int number = 0; number < 6; number++) {
                String subject = "sub-" + number;
                var key = AssignmentKey.of(world.scope(), IDENTITY, subject);
                long preferred =
                        StickyAssignment.preferred(key, apps).getFirst().id();
                assertThat(StickyAssignment.preferred(key, apps.reversed())
                                .getFirst()
                                .id())
                        .isEqualTo(preferred);
                for (int turn = 0; turn < 3; turn++) {
                    assertThat(world.apps()
                                    .get(NAMES.indexOf(served(world, subject)))
                                    .id())
                            .isEqualTo(preferred);
                }
            }
        }
    }
}
