package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.exchange.GitHubNotes.File;
import dev.octosts.exchange.GitHubNotes.Meaning;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.Account;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Repository;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole exchange before a GitHub that answers at random, over HTTP: whatever the sequence of its answers, a token
 * is handed out only after definitive answers on list, guard rails and policy that permit it.
 *
 * <p>Each sequence is an organization of its own. GitHub, not the exchange, notes what it has said; the test judges by
 * these notes alone. The steps of time keep away from the last fifth of any entry's life, in which the exchange looks
 * in the background.
 */
@Tag("property")
@Timeout(120)
class WallsTest {

    private static final long SEED = 20_261_129;
    private static final int SEQUENCES = 4_000;
    private static final int STEPS = 6;

    /**
     * The sandbox counts an App's calls, and one that has used up its quota is limited in addition to what the script
     * says.
     */
    private static final int SEQUENCES_OF_ONE_APP = 200;

    private static final Duration TIME = Duration.ofSeconds(10);

    /** As many as a busy machine manages within the time. */
    private static final int FEWEST = 50;

    private static final List<Duration> WAITS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofMinutes(6),
            Duration.ofMinutes(30),
            Duration.ofMinutes(61));

    private static final List<GitHubBehaviour> BEHAVIOURS = List.of(GitHubBehaviour.values());

    private final Logger logger = Logger.getLogger("dev.octosts.exchange");
    private final @Nullable Level logged = logger.getLevel();
    private @Nullable ExchangeFixture world;
    private @Nullable Sequence current;

    @BeforeEach
    void quieten() {
        logger.setLevel(Level.OFF);
    }

    private ExchangeFixture play(ReadTokenUse use) {
        if (world != null) {
            world.close();
        }
        var world = new ExchangeFixture(usual -> usual.reading(use));
        this.world = world;
        world.gitHub().server().fault(call -> call.kind() != CallKind.REVOKE, (call, real) -> {
            Sequence sequence = current;
            return sequence == null ? real.get() : sequence.answer(call, real);
        });
        return world;
    }

    @AfterEach
    void close() {
        logger.setLevel(logged);
        if (world != null) {
            world.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_sequence_of_githubs_answers_leads_to_a_token_without_a_definitive_permission(
            ReadTokenUse use, TestReporter reporter) {
        var world = play(use);
        long end = System.nanoTime() + TIME.toNanos();
        int sequences = 0;
        int granted = 0;
        int refused = 0;
        for (; sequences < SEQUENCES && System.nanoTime() - end < 0; sequences++) {
            if (sequences % SEQUENCES_OF_ONE_APP == SEQUENCES_OF_ONE_APP - 1) {
                world = play(use);
            }
            var sequence = new Sequence(world, sequences);
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
                "%s: %d sequences from seed %d: %d granted, %d refused"
                        .formatted(use, sequences, SEED, granted, refused));
        assertThat(sequences).isGreaterThanOrEqualTo(FEWEST);
        assertThat(granted).as("some are granted, else nothing is tried").isGreaterThan(sequences / 4);
        assertThat(refused).isGreaterThan(sequences / 4);
    }

    /** What becomes of one organization. */
    private static final class Sequence {

        private final ExchangeFixture world;
        private final int number;
        private final String owner;
        private final Repository repository;
        private final Repository policyRepository;
        private final SplittableRandom script;
        private final Map<String, SplittableRandom> scripts = new HashMap<>();
        private final GitHubNotes notes;
        private final Set<String> handedOut = new HashSet<>();
        private final List<String> story = new ArrayList<>();
        private int trouble;

        Sequence(ExchangeFixture world, int number) {
            this.world = world;
            this.number = number;
            this.notes = new GitHubNotes(world.gitHub().time());
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
                notes.beginStep();
                trouble = script.nextInt(4) == 0 ? 0 : script.nextInt(40);
                if (script.nextInt(2) == 0) {
                    change(one(File.values()), one(Meaning.ABSENT, Meaning.PERMITS, Meaning.DENIES, Meaning.UNUSABLE));
                }
            }
            Duration wait = WAITS.get(script.nextInt(WAITS.size()));
            world.gitHub().time().passes(wait);
            if (script.nextInt(8) == 0) {
                tell("everything is looked at again");
                world.rules().expireAll();
            }
            tell("after " + wait + ", trouble " + trouble + " %");
            ExchangeResult result =
                    world.exchange(world.token().sign(), owner + "/" + GitHubFixture.REPOSITORY, IDENTITY);
            if (result instanceof ExchangeResult.Refused(var problem)
                    && problem.message().contains("organization")) {
                // The policy is read in parallel to the organization's files, and its time must not pass meanwhile.
                world.rules().awaitPolicy(owner + "/" + GitHubFixture.REPOSITORY);
            }
            synchronized (this) {
                return switch (result) {
                    case ExchangeResult.Granted(var token, var _) -> {
                        tell("GRANTED");
                        assertThat(handedOut).as(this::toString).contains(token.value());
                        assertThat(notes.permits(File.LIST))
                                .as(() -> "the list\n" + this)
                                .isTrue();
                        assertThat(notes.permits(File.RAILS))
                                .as(() -> "the guard rails\n" + this)
                                .isTrue();
                        assertThat(notes.policyPermits())
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

        private void change(File file, Meaning meaning) {
            tell(file + " is " + meaning + " now");
            notes.change(file, meaning);
            Repository where = file == File.POLICY ? repository : policyRepository;
            where.remove(file.path()).remove(file.path() + "/x");
            switch (meaning) {
                case ABSENT, REFUSED -> {}
                case UNUSABLE -> {
                    if (script.nextInt(2) == 0) {
                        where.put(file.path(), "nope: 1\n");
                    } else {
                        notes.putDirectory(file);
                        where.put(file.path() + "/x", "a directory");
                    }
                }
                case PERMITS, DENIES -> where.put(file.path(), text(file, meaning == Meaning.PERMITS));
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
            GitHubBehaviour behaviour = behaviour(call);
            tell("  %s %s %s: %s".formatted(call.kind(), call.method(), about(call), behaviour));
            notes.note(call, behaviour);
            Answer answer = behaviour.fault(call).answer(call, real);
            call.minted().ifPresent(token -> {
                if (call.finalMint() && behaviour == GitHubBehaviour.GOOD) {
                    handedOut.add(token.value());
                }
            });
            return answer;
        }

        /** Each kind of call has a script of its own, so that it does not matter which of them comes first. */
        private GitHubBehaviour behaviour(Call call) {
            SplittableRandom own = scripts.computeIfAbsent(
                    call.kind() + call.method() + about(call) + call.finalMint(),
                    key -> new SplittableRandom(SEED * 31 + number * 1_000_003L + key.hashCode()));
            return own.nextInt(100) < trouble ? BEHAVIOURS.get(own.nextInt(BEHAVIOURS.size())) : GitHubBehaviour.GOOD;
        }

        private String about(Call call) {
            return call.kind() == CallKind.MINT
                    ? call.json().getOrDefault("repositories", jakarta.json.JsonValue.NULL)
                            + (call.finalMint() ? " final" : "")
                    : call.files().isEmpty()
                            ? call.repository().orElse("")
                            : call.files().toString();
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
