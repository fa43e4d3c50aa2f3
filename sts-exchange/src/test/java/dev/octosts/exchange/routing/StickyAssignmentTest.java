package dev.octosts.exchange.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.exchange.routing.StickyAssignment.Held;
import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.exchange.spi.AssignmentStore;
import dev.octosts.exchange.spi.AssignmentStore.Assignment;
import dev.octosts.exchange.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of routes when their store does not answer. */
@Timeout(30)
class StickyAssignmentTest {

    private static final AssignmentKey KEY = AssignmentKey.of("o/r", "ci", "sub");
    private static final Assignment FIRST = new Assignment(1, 11);

    private final AtomicLong time = new AtomicLong();
    private final Store store = new Store();
    private final TimeLimitedStore patient = new TimeLimitedStore(store, Duration.ofMillis(200), time::get);
    private final List<AssignmentOutcome> told = new ArrayList<>();
    private final StickyAssignment routing =
            new StickyAssignment(patient, new MemoryAssignmentStore(Duration.ofHours(1), time::get), told::add);

    /** Keeps routes, and can fail or hang. */
    private final class Store implements AssignmentStore {
        private final MemoryAssignmentStore routes = new MemoryAssignmentStore(Duration.ofHours(1), time::get);
        private final AtomicBoolean failing = new AtomicBoolean();
        private final AtomicInteger asked = new AtomicInteger();
        private volatile @Nullable CountDownLatch hanging;

        private void answer() throws StoreException {
            asked.incrementAndGet();
            CountDownLatch until = hanging;
            if (until != null) {
                try {
                    until.await();
                } catch (InterruptedException ended) {
                    throw new StoreException("interrupted", ended);
                }
            }
            if (failing.get()) {
                throw new StoreException("down", null);
            }
        }

        @Override
        public Optional<Assignment> find(AssignmentKey key) throws StoreException {
            answer();
            return routes.find(key);
        }

        @Override
        public Assignment assign(AssignmentKey key, @Nullable Assignment replaced, Assignment wanted)
                throws StoreException {
            answer();
            return routes.assign(key, replaced, wanted);
        }
    }

    @AfterEach
    void close() {
        routing.close();
    }

    @Test
    void a_store_that_fails_leaves_what_this_process_remembers() {
        routing.assign(KEY, null, FIRST);
        store.failing.set(true);
        assertThat(routing.find(KEY)).isEqualTo(new Held.By(FIRST));
        assertThat(routing.find(AssignmentKey.of("o/r", "ci", "another"))).isEqualTo(new Held.Unknown());
    }

    @Test
    void a_store_that_fails_is_left_alone_for_a_while_and_then_asked_again() {
        store.failing.set(true);
        routing.find(KEY);
        store.failing.set(false);
        int asked = store.asked.get();
        for (int number = 0; number < 100; number++) {
            assertThat(routing.find(KEY)).isEqualTo(new Held.Unknown());
        }
        assertThat(store.asked).hasValue(asked);
        time.addAndGet(TimeLimitedStore.PAUSE.toNanos());
        assertThat(routing.find(KEY)).isEqualTo(new Held.ByNone());
    }

    @Test
    void a_store_that_hangs_is_not_waited_for_longer_than_is_worth_it() {
        var until = new CountDownLatch(1);
        store.hanging = until;
        // The store answers after this alone: the test would not end if it were waited for.
        assertThat(routing.find(KEY)).isEqualTo(new Held.Unknown());
        until.countDown();
    }

    @Test
    void what_cannot_be_stored_is_used_all_the_same_and_told() {
        store.failing.set(true);
        assertThat(routing.assign(KEY, null, FIRST)).isEqualTo(FIRST);
        assertThat(told).containsExactly(AssignmentOutcome.UNSTORED);
    }

    @Test
    void the_first_of_two_wins_and_only_what_is_there_is_replaced() {
        var second = new Assignment(2, 22);
        assertThat(routing.assign(KEY, null, FIRST)).isEqualTo(FIRST);
        assertThat(routing.assign(KEY, null, second)).isEqualTo(FIRST);
        assertThat(routing.assign(KEY, new Assignment(3, 33), second)).isEqualTo(FIRST);
        assertThat(routing.assign(KEY, FIRST, second)).isEqualTo(second);
    }

    @Test
    void a_key_tells_its_parts_apart_and_prefers_apps_evenly() {
        assertThat(AssignmentKey.of("a", "b", "c")).isNotEqualTo(AssignmentKey.of("a", "bc", ""));
        var firsts = new int[3];
        for (int number = 0; number < 3_000; number++) {
            var key = AssignmentKey.of("o/r", "ci", "sub-" + number);
            int best = 0;
            for (int app = 1; app < firsts.length; app++) {
                best = StickyAssignment.preference(key, app) < StickyAssignment.preference(key, best) ? app : best;
            }
            firsts[best]++;
        }
        assertThat(Arrays.stream(firsts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
    }
}
