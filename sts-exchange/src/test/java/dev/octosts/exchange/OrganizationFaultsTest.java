package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.VerifiedTokens;
import dev.octosts.exchange.source.FaultyPool;
import dev.octosts.exchange.source.FaultyPool.File;
import dev.octosts.exchange.source.FaultyPool.Found;
import dev.octosts.exchange.source.FaultyPool.Health;
import dev.octosts.exchange.source.FaultyPool.Mint;
import dev.octosts.exchange.source.OrganizationEnforcement;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.fixture.TestTime;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Level;
import dev.octosts.policy.PolicyKind;
import dev.octosts.policy.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * The files of an organization under random faults: a token is issued only if a definitive answer permits it.
 *
 * <p>Each sequence is an organization of its own, whose files change, whose Apps fail and recover, and whose exchanges
 * are decided by the real state machine, from the pool of Apps to the refusal. The test keeps a list of what GitHub
 * said and judges by that alone.
 */
@Tag("property")
@Timeout(120)
class OrganizationFaultsTest {

    private static final long SEED = 20_261_126;
    private static final int SEQUENCES = 100_000;
    private static final int EXCHANGES = 3;
    private static final int PARTS = 4;

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration REFRESHED = Duration.ofMinutes(4);
    private static final Duration HOUR = Duration.ofHours(1);

    /** The cache rounds the hour by up to a second, to the safe side. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private static final String ISSUER = "https://issuer.example";
    private static final Claims CLAIMS = VerifiedTokens.of(ISSUER, "someone").claims();
    private static final Target TARGET =
            Target.parse("octo-org/octo-repo", "ci", ".github").orElseThrow();
    private static final TrustPolicy POLICY =
            policy("issuer: " + ISSUER + "\nsubject: someone\npermissions: {issues: write}\n");
    private static final List<GitHubApp> APPS = apps();
    private static final Logger LOG = Logger.getLogger("dev.octosts");

    private final Governance governance = new Governance(GrantLimits.NONE);

    /** What may stand in the place of a file, and whether it lets the exchange through. */
    @SuppressWarnings("ImmutableEnumChecker") // the contents are never written to
    private enum Stand {
        NOTHING(true, new FileContent.Absent(), new FileContent.Absent()),
        PERMITTING(true, file("issuers: [" + ISSUER + "]\n"), file("max_permissions: {issues: admin}\n")),
        FORBIDDING(false, file("issuers: [https://other.example]\n"), file("max_permissions: {issues: read}\n")),
        AUDITING(
                true,
                file("mode: audit\nissuers: [https://other.example]\n"),
                file("mode: audit\nmax_permissions: {issues: read}\n")),
        INVALID(false, file("extra: 1\n"), file("extra: 1\n")),
        A_DIRECTORY(false, new FileContent.NotAFile(), new FileContent.NotAFile()),
        TOO_LARGE(false, new FileContent.Unreadable(), new FileContent.Unreadable());

        private final boolean permits;
        private final FileContent trustedIssuers;
        private final FileContent guardrails;

        Stand(boolean permits, FileContent trustedIssuers, FileContent guardrails) {
            this.permits = permits;
            this.trustedIssuers = trustedIssuers;
            this.guardrails = guardrails;
        }

        FileContent in(File file) {
            return switch (file) {
                case TRUSTED_ISSUERS -> trustedIssuers;
                case GUARDRAILS -> guardrails;
            };
        }

        boolean isUsable() {
            return switch (this) {
                case NOTHING, PERMITTING, FORBIDDING, AUDITING -> true;
                case INVALID, A_DIRECTORY, TOO_LARGE -> false;
            };
        }

        private static FileContent file(String text) {
            return new FileContent.File(text.getBytes(StandardCharsets.UTF_8), "");
        }
    }

    /** What GitHub said of a file, and when; only definitive answers are written down. */
    private record Said(Stand stand, long at) {}

    @BeforeEach
    void logNothing() {
        LOG.setLevel(java.util.logging.Level.OFF);
    }

    @AfterEach
    void logAgain() {
        LOG.setLevel(null);
    }

    @Test
    void a_token_is_issued_only_if_a_definitive_answer_permits_it(TestReporter reporter) throws Exception {
        reporter.publishEntry("seed", Long.toString(SEED));
        assertThat(total(SEQUENCES, sequence -> sequence.run(EXCHANGES)))
                .as("tokens of %d exchanges; with none, or all, nothing would be proven", SEQUENCES * EXCHANGES)
                .isBetween(SEQUENCES / 2, SEQUENCES * EXCHANGES / 2);
    }

    @Test
    void with_every_read_failing_an_organization_that_has_enforced_gets_no_token(TestReporter reporter)
            throws Exception {
        reporter.publishEntry("seed", Long.toString(SEED));
        assertThat(total(SEQUENCES / 50, Sequence::enforceThenFail)).isZero();
    }

    /** The sum over all sequences. On virtual threads, like those that look, because changing to another is cheap. */
    private int total(int sequences, ToIntFunction<Sequence> story) throws Exception {
        var random = new SplittableRandom(SEED);
        var parts = new ArrayList<Callable<Integer>>();
        for (int part = 0; part < PARTS; part++) {
            SplittableRandom own = random.split();
            parts.add(() -> IntStream.range(0, sequences / PARTS)
                    .map(number -> story.applyAsInt(new Sequence(own.split(), number)))
                    .sum());
        }
        int total = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> part : threads.invokeAll(parts)) {
                total += ofStory(part);
            }
        }
        return total;
    }

    /** A story that fails is the first thing to read. */
    private static int ofStory(Future<Integer> part) throws Exception {
        try {
            return part.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AssertionError story) {
                throw story;
            }
            throw failed;
        }
    }

    /** One organization through time. */
    private final class Sequence {

        private final SplittableRandom random;
        private final int number;
        private final TestTime time = new TestTime();
        private final FaultyPool pool = new FaultyPool(APPS, time);
        private final Map<File, Stand> stands = new EnumMap<>(File.class);
        private final Map<File, List<Said>> said = new EnumMap<>(File.class);
        private final Map<Long, Health> health = new HashMap<>();
        private final List<Object> story = new ArrayList<>();
        private @Nullable Long complete;

        Sequence(SplittableRandom random, int number) {
            this.random = random;
            this.number = number;
            for (File file : File.values()) {
                said.put(file, new ArrayList<>());
                put(file, one(Stand.values()));
            }
            APPS.forEach(app -> let(app, Health.GOOD));
        }

        /** Exchanges between changes; how many got a token. */
        int run(int exchanges) {
            int permitted = 0;
            for (int count = 0; count < exchanges; count++) {
                change();
                permitted += exchange() ? 1 : 0;
            }
            return permitted;
        }

        /** Anything, then a list without the issuer that GitHub tells of, then no more answers; counts the tokens. */
        int enforceThenFail() {
            run(EXCHANGES / 2);
            put(File.TRUSTED_ISSUERS, Stand.FORBIDDING);
            put(File.GUARDRAILS, one(Stand.values()));
            APPS.forEach(app -> let(app, Health.GOOD));
            pool.forget();
            complete = null;
            int issued = exchange() ? 1 : 0;
            for (int count = 0; count < EXCHANGES; count++) {
                APPS.forEach(app -> let(app, failing()));
                put(File.TRUSTED_ISSUERS, one(Stand.values()));
                pass();
                issued += exchange() ? 1 : 0;
            }
            return issued;
        }

        private void change() {
            for (File file : File.values()) {
                if (random.nextInt(3) == 0) {
                    put(file, one(Stand.values()));
                }
            }
            for (GitHubApp app : APPS) {
                switch (random.nextInt(4)) {
                    case 0 -> let(app, Health.GOOD);
                    case 1 -> let(app, any());
                    case 2 -> let(app, random.nextBoolean() ? blind() : failing());
                    default -> {}
                }
            }
            if (random.nextInt(8) == 0) {
                APPS.forEach(app -> let(app, blind()));
            }
            if (random.nextInt(8) == 0) {
                pool.forget();
                complete = null;
                story.add("told of a change");
            }
            pass();
        }

        private void pass() {
            Duration passed = one(
                    Duration.ZERO,
                    MOMENT,
                    Duration.ofMinutes(1),
                    FRESH.minus(MOMENT),
                    FRESH,
                    Duration.ofMinutes(29),
                    HOUR.minus(FRESH),
                    HOUR.minus(MOMENT),
                    HOUR);
            time.passes(passed);
            long age = complete == null ? 0 : time.getAsLong() - complete;
            // In the last fifth of its life what is known is looked at in the background, at a time of its own.
            if (age >= REFRESHED.toNanos() && age < FRESH.toNanos()) {
                time.passes(FRESH.minusNanos(age));
            }
            story.add(passed);
        }

        private void put(File file, Stand stand) {
            stands.put(file, stand);
            pool.put(file, stand.in(file));
            story.add(file);
            story.add(stand);
        }

        private void let(GitHubApp app, Health state) {
            health.put(app.id(), state);
            pool.let(app, state);
            story.add(app.id());
            story.add(state);
        }

        private Health any() {
            var faults = new EnumMap<File, Reason>(File.class);
            for (File file : File.values()) {
                if (random.nextBoolean()) {
                    faults.put(file, fault());
                }
            }
            return new Health(
                    one(
                            Found.INSTALLED,
                            Found.INSTALLED,
                            Found.NOT_INSTALLED,
                            Found.SUSPENDED,
                            Found.LIMITED,
                            Found.FAILING),
                    one(Found.values()),
                    one(Mint.values()),
                    one(Mint.values()),
                    faults);
        }

        /** Sees nothing; a look past the cache confirms it, or does not. */
        private Health blind() {
            return new Health(
                    one(Found.INSTALLED, Found.INSTALLED, Found.NOT_INSTALLED),
                    random.nextInt(3) == 0 ? one(Found.values()) : Found.INSTALLED,
                    Mint.BLIND,
                    one(Mint.values()),
                    Map.of());
        }

        private Health failing() {
            return new Health(
                    one(Found.INSTALLED, Found.SUSPENDED, Found.LIMITED, Found.FAILING),
                    one(Found.INSTALLED, Found.SUSPENDED, Found.LIMITED, Found.FAILING),
                    Mint.TOKEN,
                    Mint.TOKEN,
                    Map.of(File.TRUSTED_ISSUERS, fault(), File.GUARDRAILS, fault()));
        }

        private Reason fault() {
            return one(Reason.LIMITED, Reason.FORBIDDEN, Reason.UNAUTHORIZED, Reason.UNAVAILABLE);
        }

        /** Whether an exchange of this moment gets a token; fails when it should not, or should and does not. */
        private boolean exchange() {
            long now = time.getAsLong();
            GitHubApp through = APPS.get(random.nextInt(APPS.size()));
            int calls = pool.calls();
            boolean issued = isPermitted(pool.rules(through));
            story.add(through.id());
            story.add(issued ? "issued" : "refused");
            boolean fresh = complete != null && now - complete < FRESH.toNanos();
            if ((pool.calls() > calls) == fresh) {
                throw failed("looked though it was known, or did not look though it was not");
            }
            if (!fresh) {
                complete = listen(through, now) ? Long.valueOf(now) : null;
            }
            boolean permitted = permits(File.TRUSTED_ISSUERS, now) && permits(File.GUARDRAILS, now);
            if (issued != permitted) {
                throw failed(issued ? "a token that no definitive answer permits" : "no token though there may be one");
            }
            return issued;
        }

        private AssertionError failed(String what) {
            return new AssertionError("%s: seed %d, sequence %d: %s".formatted(story, SEED, number, what));
        }

        /** Whether the latest definitive answer is of this hour and permits. */
        private boolean permits(File file, long now) {
            boolean replaced = false;
            for (Said answer : Objects.requireNonNull(said.get(file)).reversed()) {
                if (answer.stand().isUsable()) {
                    // A list outlives a version that cannot be used; that there was none does not.
                    return answer.stand().permits
                            && !(replaced && answer.stand() == Stand.NOTHING)
                            && now - answer.at() < HOUR.toNanos();
                }
                replaced = true;
            }
            return false;
        }

        /** Writes down what a look through this App, then the others, brings; whether it brings both files. */
        private boolean listen(GitHubApp through, long now) {
            boolean all = true;
            for (File file : File.values()) {
                Optional<Stand> answer = answer(file, through);
                answer.ifPresent(stand -> Objects.requireNonNull(said.get(file)).add(new Said(stand, now)));
                all &= answer.isPresent();
            }
            return all;
        }

        /** What GitHub tells of a file: whatever one App sees, or nothing when all are known to see nothing. */
        private Optional<Stand> answer(File file, GitHubApp through) {
            boolean blind = false;
            boolean trouble = false;
            for (GitHubApp app : APPS) {
                Health state = Objects.requireNonNull(health.get(app.id()));
                boolean asked = app.equals(through) || state.remembered() == Found.INSTALLED;
                if (asked && state.mint() == Mint.TOKEN && !state.faults().containsKey(file)) {
                    return Optional.of(Objects.requireNonNull(stands.get(file)));
                }
                blind |= asked && state.mint() == Mint.BLIND;
                trouble |= asked ? state.mint() == Mint.TOKEN : isTrouble(state.remembered());
            }
            return blind && !trouble ? confirmed(file, through) : Optional.empty();
        }

        private Optional<Stand> confirmed(File file, GitHubApp through) {
            boolean trouble = false;
            for (GitHubApp app : APPS) {
                Health state = Objects.requireNonNull(health.get(app.id()));
                boolean asked = app.equals(through) || state.remembered() == Found.INSTALLED;
                Mint mint = state.now() == Found.REINSTALLED
                        ? state.renewed()
                        : state.now() == Found.INSTALLED && !asked ? state.mint() : Mint.BLIND;
                if (mint == Mint.TOKEN && !state.faults().containsKey(file)) {
                    return Optional.of(Objects.requireNonNull(stands.get(file)));
                }
                trouble |= mint == Mint.TOKEN || isTrouble(state.now());
            }
            return trouble ? Optional.empty() : Optional.of(Stand.NOTHING);
        }

        private static boolean isTrouble(Found found) {
            return switch (found) {
                case SUSPENDED, LIMITED, FAILING -> true;
                case INSTALLED, REINSTALLED, NOT_INSTALLED -> false;
            };
        }

        @SafeVarargs
        private <T> T one(T... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }

    private boolean isPermitted(OrganizationEnforcement rules) {
        try {
            governance.check(rules.trustedIssuers(), TARGET, ISSUER).enforce();
            return governance
                    .check(rules.guardrails(), TARGET, POLICY, CLAIMS, Map.of("issues", Level.WRITE))
                    .refusal()
                    .isEmpty();
        } catch (RefusedException refused) {
            return false;
        }
    }

    private static TrustPolicy policy(String text) {
        return switch (TrustPolicy.read(text.getBytes(StandardCharsets.UTF_8), PolicyKind.REPOSITORY)) {
            case TrustPolicy.Reading.Valid(var policy) -> policy;
            case TrustPolicy.Reading other -> throw new AssertionError(other);
        };
    }

    private static List<GitHubApp> apps() {
        try {
            PrivateKey unused =
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
            return LongStream.rangeClosed(1, 3)
                    .mapToObj(id -> new GitHubApp(id, unused, Clock.systemUTC()))
                    .toList();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
