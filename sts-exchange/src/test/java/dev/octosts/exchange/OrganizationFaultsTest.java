package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.logging.Logger;
import java.util.stream.IntStream;
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
    private static final Logger LOG = Logger.getLogger("dev.octosts");

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
        assertThat(total(SEQUENCES / 50, sequence -> sequence.enforceThenFail(EXCHANGES)))
                .isZero();
    }

    /** The sum over all sequences. On virtual threads, like those that look, because changing to another is cheap. */
    private int total(int sequences, ToIntFunction<FaultSequence> story) throws Exception {
        var random = new SplittableRandom(SEED);
        var parts = new ArrayList<Callable<Integer>>();
        for (int part = 0; part < PARTS; part++) {
            SplittableRandom own = random.split();
            parts.add(() -> IntStream.range(0, sequences / PARTS)
                    .map(number -> story.applyAsInt(new FaultSequence(own.split(), SEED, number)))
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
}
