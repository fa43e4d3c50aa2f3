package dev.octosts.exchange;

import static dev.octosts.exchange.OrganizationOracle.ISSUER;

import dev.octosts.exchange.OrganizationOracle.Stand;
import dev.octosts.exchange.bearer.VerifiedTokens;
import dev.octosts.exchange.source.FaultyPool;
import dev.octosts.exchange.source.FaultyPool.File;
import dev.octosts.exchange.source.FaultyPool.Found;
import dev.octosts.exchange.source.FaultyPool.Health;
import dev.octosts.exchange.source.FaultyPool.Mint;
import dev.octosts.exchange.source.OrganizationEnforcement;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.fixture.TestTime;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Level;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.repository.PolicyKind;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One organization through time: its files change, its Apps fail and recover, and exchanges are decided. */
final class FaultSequence {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration REFRESHED = Duration.ofMinutes(4);
    private static final Duration HOUR = Duration.ofHours(1);

    /** The cache rounds the hour by up to a second, to the safe side. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private static final Claims CLAIMS = VerifiedTokens.of(ISSUER, "someone").claims();
    private static final Target TARGET =
            Target.parse("octo-org/octo-repo", "ci", ".github").orElseThrow();
    private static final TrustPolicy POLICY =
            policy("issuer: " + ISSUER + "\nsubject: someone\npermissions: {issues: write}\n");
    private static final List<GitHubApp> APPS = apps();

    private final Governance governance = new Governance(GrantLimits.NONE);
    private final SplittableRandom random;
    private final long seed;
    private final int number;
    private final TestTime time = new TestTime();
    private final FaultyPool pool = new FaultyPool(APPS, time);
    private final OrganizationOracle oracle = new OrganizationOracle(APPS);
    private final List<Object> story = new ArrayList<>();
    private @Nullable Long complete;

    /** The message of a failed sequence names the seed. */
    FaultSequence(SplittableRandom random, long seed, int number) {
        this.random = random;
        this.seed = seed;
        this.number = number;
        for (File file : File.values()) {
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
    int enforceThenFail(int exchanges) {
        run(exchanges / 2);
        put(File.TRUSTED_ISSUERS, Stand.FORBIDDING);
        put(File.GUARDRAILS, one(Stand.values()));
        APPS.forEach(app -> let(app, Health.GOOD));
        pool.forget();
        complete = null;
        int issued = exchange() ? 1 : 0;
        for (int count = 0; count < exchanges; count++) {
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
        oracle.put(file, stand);
        pool.put(file, stand.in(file));
        story.add(file);
        story.add(stand);
    }

    private void let(GitHubApp app, Health state) {
        oracle.let(app, state);
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
            complete = oracle.listen(through, now) ? Long.valueOf(now) : null;
        }
        boolean permitted = oracle.permits(File.TRUSTED_ISSUERS, now) && oracle.permits(File.GUARDRAILS, now);
        if (issued != permitted) {
            throw failed(issued ? "a token that no definitive answer permits" : "no token though there may be one");
        }
        return issued;
    }

    private AssertionError failed(String what) {
        return new AssertionError("%s: seed %d, sequence %d: %s".formatted(story, seed, number, what));
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private boolean isPermitted(OrganizationEnforcement rules) {
        try {
            governance.checkIssuer(rules.trustedIssuers(), TARGET, ISSUER).enforce();
            return governance
                    .checkGrant(rules.guardrails(), TARGET, POLICY, CLAIMS, Map.of("issues", Level.WRITE))
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
