package dev.octosts.exchange.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.CacheLookup.Outcome;
import dev.octosts.exchange.cache.Loader.Loaded;
import dev.octosts.exchange.cache.RefreshingCache.Bounds;
import dev.octosts.exchange.cache.RefreshingCache.Lookup;
import dev.octosts.exchange.cache.RefreshingCache.Lookup.Known;
import dev.octosts.exchange.cache.RefreshingCache.Lookup.Unknown;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.github.fixture.TestTime;
import dev.octosts.sandbox.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RefreshingCacheTest {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration LAST_FIFTH = Duration.ofMinutes(4);
    private static final Duration ALMOST = Duration.ofNanos(1);

    private final TestTime time = new TestTime();
    private final List<CacheLookup> observed = new CopyOnWriteArrayList<>();
    private final AtomicInteger loads = new AtomicInteger();
    private final RefreshingCache<String, String, String> cache =
            new RefreshingCache<>("things", new Bounds<>(1000, String::length), "overloaded", time, observed::add);

    @Test
    void asks_once_and_remembers_while_the_value_is_fresh() {
        assertThat(cache.find("key", gives("a"))).isEqualTo(new Known<>("a"));
        time.passes(LAST_FIFTH.minus(ALMOST));
        assertThat(cache.find("key", gives("b"))).isEqualTo(new Known<>("a"));
        assertThat(cache.fresh("key")).isEqualTo("a");
        assertThat(loads).hasValue(1);
        assertThat(observed)
                .containsExactly(new CacheLookup("things", Outcome.MISS), new CacheLookup("things", Outcome.HIT));
    }

    @Test
    void asks_again_when_the_value_is_not_fresh_any_more_and_tells_what_was_known() {
        cache.find("key", gives("a"));
        time.passes(FRESH);
        assertThat(cache.fresh("key")).isNull();
        assertThat(cache.find("key", previous -> new Loaded.Value<>(previous + "b", FRESH)))
                .isEqualTo(new Known<>("ab"));
    }

    @Test
    void a_thousand_callers_wait_for_one_load() throws Exception {
        var release = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new CopyOnWriteArrayList<Future<Lookup<String, String>>>();
            for (int caller = 0; caller < 1000; caller++) {
                answers.add(callers.submit(() -> cache.find("key", waits(release, "a"))));
            }
            release.countDown();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(new Known<>("a"));
            }
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void a_caller_who_gives_up_does_not_cancel_the_load_for_the_others() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        Loader<String, String> loader = previous -> {
            begun.countDown();
            return waits(release, "a").load(previous);
        };
        var gaveUp = new CompletableFuture<Lookup<String, String>>();
        var impatient = Thread.ofVirtual().start(() -> gaveUp.complete(cache.find("key", loader)));
        begun.await();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var patient = callers.submit(() -> cache.find("key", loader));
            impatient.interrupt();
            assertThat(gaveUp.get()).isEqualTo(new Unknown<>("overloaded", null));
            release.countDown();
            assertThat(patient.get()).isEqualTo(new Known<>("a"));
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void a_failure_is_told_to_those_who_wait_and_not_remembered() {
        assertThat(cache.find("key", fails("down"))).isEqualTo(new Unknown<>("down", null));
        assertThat(cache.fresh("key")).isNull();
        assertThat(cache.find("key", gives("a"))).isEqualTo(new Known<>("a"));
    }

    @Test
    void a_passing_value_is_told_to_those_who_wait_and_not_remembered() {
        assertThat(cache.find("key", previous -> new Loaded.Passing<>("a"))).isEqualTo(new Known<>("a"));
        assertThat(cache.fresh("key")).isNull();
        assertThat(cache.find("key", gives("b"))).isEqualTo(new Known<>("b"));
    }

    @Test
    void callers_in_the_last_fifth_of_a_value_get_it_at_once_while_one_load_refreshes_it() throws Exception {
        cache.find("key", gives("a"));
        time.passes(LAST_FIFTH);
        var release = new CountDownLatch(1);
        for (int caller = 0; caller < 100; caller++) {
            assertThat(cache.find("key", waits(release, "b"))).isEqualTo(new Known<>("a"));
        }
        release.countDown();
        eventually("b");
        assertThat(loads).hasValue(2);
        time.passes(LAST_FIFTH.minus(ALMOST));
        assertThat(cache.fresh("key")).isEqualTo("b");
    }

    @Test
    void a_refresh_that_fails_leaves_the_value_till_its_end_and_is_tried_again_after_a_pause() throws Exception {
        cache.find("key", gives("a"));
        time.passes(LAST_FIFTH);
        refreshInVain();
        assertThat(cache.find("key", gives("too soon"))).isEqualTo(new Known<>("a"));
        time.passes(Duration.ofSeconds(10));
        refreshInVain();
        time.passes(Duration.ofSeconds(50).minus(ALMOST));
        assertThat(cache.fresh("key")).isEqualTo("a");
        time.passes(ALMOST);
        assertThat(cache.fresh("key")).isNull();
        assertThat(loads).hasValue(3);
    }

    @Test
    void a_failure_comes_with_what_was_known_within_the_hour_and_no_longer() {
        cache.find("key", gives("a"));
        time.passes(Duration.ofHours(1).minus(ALMOST));
        assertThat(cache.find("key", fails("down"))).isEqualTo(new Unknown<>("down", "a"));
        time.passes(ALMOST);
        assertThat(cache.find("key", fails("down"))).isEqualTo(new Unknown<>("down", null));
    }

    @Test
    void what_is_dropped_is_asked_for_again_and_not_served_stale() {
        cache.find("key", gives("a"));
        cache.drop("key");
        assertThat(cache.find("key", fails("down"))).isEqualTo(new Unknown<>("down", null));
        assertThat(cache.find("key", gives("b"))).isEqualTo(new Known<>("b"));
    }

    @Test
    void what_is_dropped_while_it_is_loaded_is_told_to_those_who_wait_and_not_remembered() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var before = callers.submit(() -> cache.find("key", previous -> {
                begun.countDown();
                return waits(release, "old").load(previous);
            }));
            begun.await();
            cache.drop("key");
            assertThat(cache.find("key", gives("new"))).isEqualTo(new Known<>("new"));
            release.countDown();
            assertThat(before.get()).isEqualTo(new Known<>("old"));
        }
        assertThat(cache.fresh("key")).isEqualTo("new");
    }

    @Test
    void what_is_proven_wrong_is_dropped_unless_it_was_looked_at_again() {
        cache.find("key", gives("a"));
        cache.dropIf("key", "b"::equals);
        assertThat(cache.fresh("key")).isEqualTo("a");
        cache.dropIf("key", "a"::equals);
        assertThat(cache.find("key", fails("down"))).isEqualTo(new Unknown<>("down", null));
        cache.dropIf("key", "a"::equals);
        assertThat(cache.fresh("key")).isNull();
    }

    @Test
    void keys_do_not_wait_for_each_other() throws Exception {
        var release = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = callers.submit(() -> cache.find("slow", waits(release, "a")));
            assertThat(cache.find("quick", gives("b"))).isEqualTo(new Known<>("b"));
            release.countDown();
            assertThat(slow.get()).isEqualTo(new Known<>("a"));
        }
    }

    @Test
    void holds_no_more_than_its_weight() {
        for (int key = 0; key < 100; key++) {
            cache.find("key" + key, gives("x".repeat(100)));
        }
        assertThat(ForkJoinPool.commonPool().awaitQuiescence(10, TimeUnit.SECONDS))
                .isTrue();
        long held = java.util.stream.IntStream.range(0, 100)
                .filter(key -> cache.fresh("key" + key) != null)
                .count();
        assertThat(held).isBetween(1L, 10L);
    }

    @Test
    void a_value_heavier_than_the_whole_cache_is_answered_and_not_held() {
        assertThat(cache.find("key", gives("x".repeat(1001)))).isInstanceOf(Known.class);
        assertThat(ForkJoinPool.commonPool().awaitQuiescence(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(cache.fresh("key")).isNull();
    }

    @Test
    void a_load_that_throws_is_a_failure_and_leaves_the_key_usable() {
        try (var log = LogCapture.open()) {
            assertThat(cache.find("key", previous -> {
                        throw new IllegalStateException("a fault of ours");
                    }))
                    .isEqualTo(new Unknown<>("overloaded", null));
            assertThat(log.text()).contains("things", "a fault of ours");
        }
        assertThat(cache.find("key", gives("a"))).isEqualTo(new Known<>("a"));
    }

    private Loader<String, String> gives(String value) {
        return previous -> {
            loads.incrementAndGet();
            return new Loaded.Value<>(value, FRESH);
        };
    }

    private Loader<String, String> waits(CountDownLatch release, String value) {
        return previous -> {
            loads.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException hurried) {
                throw new IllegalStateException(hurried);
            }
            return new Loaded.Value<>(value, FRESH);
        };
    }

    private Loader<String, String> fails(String reason) {
        return previous -> {
            loads.incrementAndGet();
            return new Loaded.Failed<>(reason);
        };
    }

    /** A look at the last fifth of a value whose refresh fails, and the end of that refresh. */
    private void refreshInVain() throws Exception {
        var refresh = new CompletableFuture<Thread>();
        assertThat(cache.find("key", previous -> {
                    refresh.complete(Thread.currentThread());
                    return fails("down").load(previous);
                }))
                .isEqualTo(new Known<>("a"));
        refresh.get().join();
    }

    private void eventually(String value) {
        Await.until("the value " + value, () -> value.equals(cache.fresh("key")));
    }
}
