package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.Account;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.Repository;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * The whole exchange before a GitHub that answers at random, over HTTP: whatever the sequence of its answers, a token is
 * handed out only after definitive answers on list, guard rails and policy that permit it.
 *
 * <p>Each sequence is an organization of its own. GitHub, not the exchange, notes what it has said; the test judges by
 * these notes alone. The steps of time keep away from the last fifth of any entry's life, in which the exchange looks in
 * the background.
 */
@Tag("property")
@Timeout(120)
class WallsTest {

    private static final long SEED = 20_261_129;
    private static final int SEQUENCES = 4_000;
    private static final int STEPS = 6;

    /** The sandbox counts an App's calls, and one that has used up its quota is limited beside what the script says. */
    private static final int SEQUENCES_OF_ONE_APP = 200;

    private static final Duration TIME = Duration.ofSeconds(20);

    /** As many as a busy machine manages within the time. */
    private static final int FEWEST = 100;

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<Duration> WAITS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofMinutes(6),
            Duration.ofMinutes(30),
            Duration.ofMinutes(61));

    private static final List<Behaviour> BEHAVIOURS = List.of(Behaviour.values());

    private final Logger logger = Logger.getLogger("dev.octosts.exchange");
    private final @Nullable Level logged = logger.getLevel();
    private ExchangeFixture world = new ExchangeFixture();
    private @Nullable Sequence current;

    /** What GitHub has been asked about. */
    private enum File {
        LIST(ExchangeFixture.TRUSTED_ISSUERS),
        RAILS(ExchangeFixture.GUARDRAILS),
        POLICY(DemoWorld.policyFile(IDENTITY));

        private final String path;

        File(String path) {
            this.path = path;
        }
    }

    /** What a file, or its absence, means for the exchange that is tried. */
    private enum Meaning {
        ABSENT,
        PERMITS,
        DENIES,
        /** A file that cannot be used. */
        UNUSABLE,
        /** A refusal to show it. */
        REFUSED
    }

    /** What GitHub may do with a call. */
    private enum Behaviour {
        GOOD,
        UNCHANGED,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        UNPROCESSABLE,
        SPAMMED,
        LIMITED,
        TOO_MANY,
        BROKEN,
        HTML,
        MALFORMED,
        EMPTY,
        RESET,
        UNSEEN,
        RENAMED,
        WIDER;

        boolean isLimit() {
            return this == SPAMMED || this == LIMITED || this == TOO_MANY;
        }
    }

    /** A definitive answer. */
    private record Said(Meaning meaning, long at) {}

    @BeforeEach
    void quieten() {
        logger.setLevel(Level.OFF);
        play();
    }

    private void play() {
        world.gitHub().server().fault(call -> call.kind() != CallKind.REVOKE, (call, real) -> {
            Sequence sequence = current;
            return sequence == null ? real.get() : sequence.answer(call, real);
        });
    }

    @AfterEach
    void close() {
        logger.setLevel(logged);
        world.close();
    }

    @Test
    void no_sequence_of_githubs_answers_leads_to_a_token_without_a_definitive_permission(TestReporter reporter) {
        long end = System.nanoTime() + TIME.toNanos();
        int sequences = 0;
        int granted = 0;
        int refused = 0;
        for (; sequences < SEQUENCES && System.nanoTime() - end < 0; sequences++) {
            if (sequences % SEQUENCES_OF_ONE_APP == SEQUENCES_OF_ONE_APP - 1) {
                world.close();
                world = new ExchangeFixture();
                play();
            }
            var sequence = new Sequence(sequences);
            current = sequence;
            for (int step = 0; step < STEPS; step++) {
                if (sequence.step()) {
                    granted++;
                } else {
                    refused++;
                }
            }
            current = null;
            world.gitHub().log().clear();
        }
        reporter.publishEntry(
                "walls",
                "%d sequences from seed %d: %d granted, %d refused".formatted(sequences, SEED, granted, refused));
        assertThat(sequences).isGreaterThanOrEqualTo(FEWEST);
        assertThat(granted).as("some are granted, else nothing is tried").isGreaterThan(sequences / 4);
        assertThat(refused).isGreaterThan(sequences / 4);
    }

    /** What becomes of one organization. */
    private final class Sequence {

        private final int number;
        private final String owner;
        private final Repository repository;
        private final Repository policyRepository;
        private final SplittableRandom script;
        private final Map<String, SplittableRandom> scripts = new HashMap<>();
        private final Map<File, Meaning> truth = new EnumMap<>(File.class);
        private final Map<File, Said> last = new EnumMap<>(File.class);
        private final Map<File, Said> good = new EnumMap<>(File.class);
        private final Set<File> directories = new HashSet<>();
        private final Set<File> seemAbsent = new HashSet<>();
        private final Set<File> saidAbsent = new HashSet<>();
        private final Set<File> askedNow = new HashSet<>();
        private final Set<String> handedOut = new HashSet<>();
        private final List<String> story = new ArrayList<>();
        private boolean limitedNow;
        private int trouble;

        Sequence(int number) {
            this.number = number;
            this.owner = "walls-" + number;
            this.script = new SplittableRandom(SEED + number);
            var server = world.gitHub().server();
            Account account = server.organization(owner);
            server.install(world.gitHub().app(), account);
            this.repository = server.repository(account, GitHubFixture.REPOSITORY);
            this.policyRepository = server.repository(account, DemoWorld.POLICY_REPOSITORY);
            for (File file : File.values()) {
                change(file, file == File.POLICY ? Meaning.PERMITS : Meaning.ABSENT);
            }
        }

        /** Whether a token was handed out. */
        boolean step() {
            synchronized (this) {
                askedNow.clear();
                seemAbsent.clear();
                saidAbsent.clear();
                limitedNow = false;
                trouble = script.nextInt(4) == 0 ? 0 : script.nextInt(40);
                if (script.nextInt(2) == 0) {
                    change(one(File.values()), one(Meaning.ABSENT, Meaning.PERMITS, Meaning.DENIES, Meaning.UNUSABLE));
                }
            }
            Duration wait = WAITS.get(script.nextInt(WAITS.size()));
            world.gitHub().time().passes(wait);
            if (script.nextInt(8) == 0) {
                tell("everything is looked at again");
                world.expireAll();
            }
            tell("after " + wait + ", trouble " + trouble + " %");
            ExchangeResult result =
                    world.exchange(world.token().sign(), owner + "/" + GitHubFixture.REPOSITORY, IDENTITY);
            if (result instanceof ExchangeResult.Refused(var problem)
                    && problem.message().contains("organization")) {
                // The policy is read beside the organization's files, and its time must not pass meanwhile.
                world.awaitPolicy(owner + "/" + GitHubFixture.REPOSITORY);
            }
            synchronized (this) {
                return switch (result) {
                    case ExchangeResult.Granted(var token) -> {
                        tell("GRANTED");
                        assertThat(handedOut).as(this::toString).contains(token.value());
                        assertThat(permits(File.LIST))
                                .as(() -> "the list\n" + this)
                                .isTrue();
                        assertThat(permits(File.RAILS))
                                .as(() -> "the guard rails\n" + this)
                                .isTrue();
                        assertThat(policyPermits())
                                .as(() -> "the policy\n" + this)
                                .isTrue();
                        yield true;
                    }
                    case ExchangeResult.Refused(var problem) -> {
                        tell("refused: " + problem.message());
                        yield false;
                    }
                };
            }
        }

        /** The last definitive answer, or the last good one of a file that was broken since, within its hour. */
        private boolean permits(File file) {
            Said said = last.get(file);
            if (said != null && said.meaning() == Meaning.UNUSABLE) {
                said = good.get(file);
                return said != null && said.meaning() == Meaning.PERMITS && age(said) < HOUR.toNanos();
            }
            return said != null
                    && (said.meaning() == Meaning.ABSENT || said.meaning() == Meaning.PERMITS)
                    && (age(said) < FRESH.toNanos() || (age(said) < HOUR.toNanos() && askedNow.contains(file)));
        }

        /** The last definitive answer; beyond five minutes only while GitHub limits. */
        private boolean policyPermits() {
            Said said = last.get(File.POLICY);
            return said != null
                    && said.meaning() == Meaning.PERMITS
                    && (age(said) < FRESH.toNanos() || (age(said) < HOUR.toNanos() && limitedNow));
        }

        private long age(Said said) {
            return now() - said.at();
        }

        private long now() {
            return world.gitHub().time().getAsLong();
        }

        private void change(File file, Meaning meaning) {
            tell(file + " is " + meaning + " now");
            truth.put(file, meaning);
            directories.remove(file);
            Repository where = file == File.POLICY ? repository : policyRepository;
            where.remove(file.path).remove(file.path + "/x");
            switch (meaning) {
                case ABSENT, REFUSED -> {}
                case UNUSABLE -> {
                    if (script.nextInt(2) == 0) {
                        where.put(file.path, "nope: 1\n");
                    } else {
                        directories.add(file);
                        where.put(file.path + "/x", "a directory");
                    }
                }
                case PERMITS, DENIES -> where.put(file.path, text(file, meaning == Meaning.PERMITS));
            }
        }

        private String text(File file, boolean permits) {
            return switch (file) {
                case LIST ->
                    "issuers: [%s]\n".formatted(permits ? world.issuer().url() : "https://other.example");
                case RAILS -> "permissions: {issues: %s}\n".formatted(permits ? "write" : "read");
                case POLICY -> permits ? world.policy() : world.policy().replace(ExchangeFixture.SUBJECT, "another");
            };
        }

        /** GitHub's answer to a call, and its note of what it has said by it. */
        synchronized Answer answer(Call call, Supplier<Reply> real) {
            Behaviour behaviour = behaviour(call);
            tell("  %s %s %s: %s".formatted(call.kind(), call.method(), about(call), behaviour));
            List<File> files = files(call);
            askedNow.addAll(files);
            if (call.readMint()
                    && call.json().getJsonArray("repositories").toString().contains("\".github\"")) {
                askedNow.add(File.LIST);
                askedNow.add(File.RAILS);
            }
            limitedNow |= behaviour.isLimit();
            note(call, behaviour, files);
            Answer answer = fault(call, behaviour).answer(call, real);
            call.minted().ifPresent(token -> {
                if (call.finalMint() && behaviour == Behaviour.GOOD) {
                    handedOut.add(token.value());
                }
            });
            return answer;
        }

        private void note(Call call, Behaviour behaviour, List<File> files) {
            if (behaviour == Behaviour.NOT_FOUND || behaviour == Behaviour.UNSEEN) {
                // So far nobody can tell it from a file that is not there.
                seemAbsent.addAll(files);
            } else if (behaviour == Behaviour.GOOD) {
                if (call.kind() == CallKind.REPOSITORY) {
                    seeRepository(call.repository().orElse("").equals(GitHubFixture.REPOSITORY));
                    return;
                }
                for (File file : files) {
                    Meaning meaning = Objects.requireNonNull(truth.get(file));
                    boolean graphql = call.method().equals("POST");
                    if (meaning == Meaning.ABSENT && !graphql) {
                        seemAbsent.add(file);
                    } else if (!graphql || !directories.contains(file)) {
                        // Of a directory GraphQL says so little that it is asked for again.
                        say(file, meaning);
                    }
                }
            } else if (behaviour == Behaviour.UNCHANGED
                    && call.header("if-none-match").isPresent()) {
                // What was asked about is the version that was sent last.
                files.forEach(
                        file -> say(file, Objects.requireNonNull(last.get(file)).meaning()));
            } else if (behaviour == Behaviour.FORBIDDEN && files.contains(File.POLICY)) {
                say(File.POLICY, Meaning.REFUSED);
            } else if (behaviour == Behaviour.UNPROCESSABLE && call.readMint()) {
                switch (call.json().getJsonArray("repositories").toString()) {
                    case "[\".github\"]" -> {
                        say(File.LIST, Meaning.ABSENT);
                        say(File.RAILS, Meaning.ABSENT);
                    }
                    case "[\"octo-repo\"]" -> say(File.POLICY, Meaning.ABSENT);
                    default -> {} // for two repositories it says nothing
                }
            }
        }

        /** The repository is there: once is enough for a policy, whose absence denies, and twice for the others. */
        private void seeRepository(boolean ofPolicy) {
            for (File file : Set.copyOf(seemAbsent)) {
                if (ofPolicy == (file == File.POLICY)) {
                    seemAbsent.remove(file);
                    if (!saidAbsent.add(file) || ofPolicy) {
                        say(file, Meaning.ABSENT);
                    }
                }
            }
        }

        private void say(File file, Meaning meaning) {
            var said = new Said(meaning, now());
            last.put(file, said);
            if (meaning != Meaning.UNUSABLE) {
                good.put(file, said);
            } else if (good.containsKey(file) && good.get(file).meaning() == Meaning.ABSENT) {
                good.remove(file);
            }
        }

        private List<File> files(Call call) {
            return List.of(File.values()).stream()
                    .filter(file -> call.files().contains(file.path))
                    .toList();
        }

        /** Each kind of call has a script of its own, so that it does not matter which of them comes first. */
        private Behaviour behaviour(Call call) {
            SplittableRandom own = scripts.computeIfAbsent(
                    call.kind() + call.method() + about(call) + call.finalMint(),
                    key -> new SplittableRandom(SEED * 31 + number * 1_000_003L + key.hashCode()));
            return own.nextInt(100) < trouble ? BEHAVIOURS.get(own.nextInt(BEHAVIOURS.size())) : Behaviour.GOOD;
        }

        private String about(Call call) {
            return call.kind() == CallKind.MINT
                    ? call.json().getOrDefault("repositories", jakarta.json.JsonValue.NULL)
                            + (call.finalMint() ? " final" : "")
                    : call.files().isEmpty()
                            ? call.repository().orElse("")
                            : call.files().toString();
        }

        private Fault fault(Call call, Behaviour behaviour) {
            return switch (behaviour) {
                case GOOD -> (same, real) -> real.get();
                case UNCHANGED -> Faults.reply(Reply.empty(304));
                case UNAUTHORIZED -> Faults.status(401);
                case FORBIDDEN -> Faults.forbidden();
                case NOT_FOUND -> Faults.status(404);
                case UNPROCESSABLE -> Faults.unprocessable();
                case SPAMMED -> Faults.spammed();
                case LIMITED -> Faults.primaryLimit();
                case TOO_MANY -> Faults.tooManyRequests();
                case BROKEN -> Faults.status(500);
                case HTML -> Faults.badGateway();
                case MALFORMED -> Faults.malformed(call.kind() == CallKind.MINT ? 201 : 200);
                case EMPTY -> Faults.reply(Reply.json(200, "{}"));
                case RESET -> Faults.resetAfterwards();
                case UNSEEN ->
                    call.method().equals("POST") && call.kind() == CallKind.CONTENT
                            ? Faults.reply(Reply.json(200, "{\"data\":{\"repository\":null}}"))
                            : Faults.status(404);
                case RENAMED -> call.kind() == CallKind.CONTENT ? Faults.malformed() : Faults.editing(this::renamed);
                case WIDER ->
                    call.kind() == CallKind.MINT
                            ? Faults.granting("secrets", dev.octosts.sandbox.github.Level.READ)
                            : Faults.malformed();
            };
        }

        private JsonObject renamed(JsonObject reply) {
            if (!reply.containsKey("repositories")) {
                return jakarta.json.JsonValue.EMPTY_JSON_OBJECT;
            }
            return Json.createObjectBuilder(reply)
                    .add(
                            "repositories",
                            Json.createArrayBuilder(reply.getJsonArray("repositories").stream()
                                    .map(repository -> Json.createObjectBuilder(repository.asJsonObject())
                                            .add("full_name", "evil/x")
                                            .build())
                                    .toList()))
                    .build();
        }

        @SafeVarargs
        private <T> T one(T... values) {
            return values[script.nextInt(values.length)];
        }

        private void tell(String what) {
            story.add(what);
        }

        @Override
        public synchronized String toString() {
            return "sequence " + number + " from seed " + SEED + ":\n" + String.join("\n", story);
        }
    }
}
