package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.GitHubCall;
import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.api.GitHubCall.Quota;
import dev.octosts.exchange.bearer.VerifiedTokens;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.installation.TestInstallations;
import dev.octosts.exchange.routing.AppRanking;
import dev.octosts.exchange.routing.RateLimitTracker;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.source.Enforcement;
import dev.octosts.exchange.source.OrganizationEnforcement;
import dev.octosts.github.AppPool;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.Route;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.repository.PolicyKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An hour of ten Apps with uneven quotas, second by second, in no time. GitHub counts as GitHub does: by the hour. */
@Tag("property")
@Timeout(60)
class QuotaHourTest {

    private static final long SOFT = 5_000;
    private static final long HARD = 1_500;
    private static final Duration STALE = Duration.ofMinutes(5);
    private static final List<Integer> QUOTAS =
            List.of(15_000, 14_000, 12_500, 11_000, 9_000, 8_000, 7_000, 6_000, 5_200, 1_200);
    private static final int SECONDS = 3_600;
    private static final int EXCHANGES_A_SECOND = 4;
    private static final int DEAREST = 10;
    private static final long SEED = 5;

    /** An App that was not asked for five minutes is asked once more, to learn its remaining requests. */
    private static final long UNEVEN = DEAREST * (2 + Duration.ofHours(1).dividedBy(STALE));

    private final GitHubFixture gitHub = new GitHubFixture();
    private final Installations installations = TestInstallations.of(gitHub);
    private final RateLimitTracker rateLimits =
            new RateLimitTracker(STALE, gitHub.sandbox().clock(), gitHub.time());
    private final List<GitHubApp> apps =
            Stream.generate(this::installed).limit(QUOTAS.size()).toList();
    private final AppPool pool = new AppPool(apps);
    private final InstallationRouter router = new InstallationRouter(
            new AppPools(Map.of(AppPools.EVERYBODY_ELSE, pool)),
            new AppRanking(installations, rateLimits, SOFT, HARD),
            installations,
            Optional.of(StickyAssignment.inMemory(Duration.ofHours(1), gitHub.time(), outcome -> {})));
    private final Target target =
            Target.parse(gitHub.owner() + "/octo-repo", "ci", ".github").orElseThrow();
    private final Map<Long, Long> left = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final long reset =
            gitHub.sandbox().clock().instant().plus(Duration.ofHours(1)).getEpochSecond();
    private int installed;

    @BeforeEach
    void everyAppHasServedOnce() throws RefusedException {
        for (int index = 0; index < apps.size(); index++) {
            left.put(apps.get(index).id(), (long) QUOTAS.get(index));
            installations.find(List.of(apps.get(index)), gitHub.owner());
        }
        for (int turn = 0; turn < apps.size(); turn++) {
            spend(router.next(target, pool).app());
        }
        assertThat(apps)
                .allSatisfy(app -> assertThat(left(app))
                        .as("nothing is known of them at first, so they take turns")
                        .isLessThan(QUOTAS.get(apps.indexOf(app))));
    }

    @AfterEach
    void close() {
        gitHub.close();
    }

    @Test
    void apps_are_spent_down_evenly_and_none_below_the_hard_floor_while_another_has_quota() throws RefusedException {
        boolean soft = true;
        boolean hard = true;
        for (int second = 0; second < SECONDS; second++) {
            for (int number = 0; number < EXCHANGES_A_SECOND; number++) {
                GitHubApp app = router.next(target, pool).app();
                if (hard && leftToAll(HARD).findAny().isPresent()) {
                    assertThat(left(app)).as(this::story).isGreaterThanOrEqualTo(HARD);
                }
                if (soft && leftToAll(SOFT).findAny().isEmpty()) {
                    soft = false;
                    assertEven(SOFT);
                }
                if (hard && leftToAll(HARD).findAny().isEmpty()) {
                    hard = false;
                    assertEven(HARD);
                    assertThat(left(apps.getLast())).as(this::story).isGreaterThanOrEqualTo(QUOTAS.getLast() - DEAREST);
                }
                spend(app);
            }
            gitHub.time().passes(Duration.ofSeconds(1));
        }
        assertThat(hard).as("the load was enough to come to the floors").isFalse();
    }

    @Test
    void whoever_is_kept_for_check_runs_stays_while_its_installation_lives() throws RefusedException {
        var policy = policy();
        var kept = new HashMap<String, Long>();
        for (int minute = 0; minute < 60; minute++) {
            for (int subject = 0; subject <= minute; subject++) {
                Route reading = router.next(target, pool);
                spend(reading.app());
                long installation = router.kept(admission(policy, reading, "subject-" + subject))
                        .installation()
                        .id();
                long first =
                        Objects.requireNonNullElse(kept.putIfAbsent("subject-" + subject, installation), installation);
                assertThat(installation).as(this::story).isEqualTo(first);
            }
            for (int number = 0; number < 100; number++) {
                spend(router.next(target, pool).app());
            }
            gitHub.time().passes(Duration.ofMinutes(1));
        }
        assertThat(Set.copyOf(kept.values())).as("they are spread").hasSizeGreaterThan(2);
    }

    /** What is needed to see a failure again, and what the quotas were. */
    private String story() {
        var quotas = apps.stream().map(this::left).toList();
        return "seed %d, at %s: %s".formatted(SEED, gitHub.sandbox().clock().instant(), quotas);
    }

    private void assertEven(long floor) {
        assertThat(apps.subList(0, apps.size() - 1))
                .as(this::story)
                .allSatisfy(app -> assertThat(left(app)).isBetween(floor - UNEVEN, floor));
    }

    private Stream<GitHubApp> leftToAll(long floor) {
        return apps.stream().filter(app -> left(app) >= floor);
    }

    private long left(GitHubApp app) {
        return Objects.requireNonNull(left.get(app.id()));
    }

    /** An exchange and what its token is used for; the answers tell what is left. */
    private void spend(GitHubApp app) {
        long remaining = Math.max(0, left(app) - 1 - random.nextInt(DEAREST));
        left.put(app.id(), remaining);
        long limit = QUOTAS.get(apps.indexOf(app));
        rateLimits.learn(new GitHubCall(
                Endpoint.CONTENTS,
                200,
                1,
                app.id(),
                gitHub.owner(),
                7,
                false,
                Duration.ZERO,
                new Quota(limit, remaining, limit - remaining, reset, "core")));
    }

    private GitHubApp installed() {
        var app = gitHub.newApp(gitHub.owner() + "-" + installed++);
        gitHub.server().install(app, gitHub.organization());
        return gitHub.caller(app);
    }

    private Admission admission(TrustPolicy policy, Route reading, String subject) {
        var caller = new StandingRules.VerifiedCaller(
                VerifiedTokens.of("https://issuer.example", subject),
                target.account(),
                reading.installation(),
                new Enforcement.None<>());
        var organization = new OrganizationEnforcement(new Enforcement.None<>(), new Enforcement.None<>());
        return new Admission(caller, target, pool, reading, policy, "", organization);
    }

    private TrustPolicy policy() {
        var text = "issuer: https://issuer.example\nsubject: someone\npermissions: {checks: write}\n";
        return switch (TrustPolicy.read(text.getBytes(StandardCharsets.UTF_8), PolicyKind.REPOSITORY)) {
            case TrustPolicy.Reading.Valid(var policy) -> policy;
            case TrustPolicy.Reading other -> throw new AssertionError(other);
        };
    }
}
