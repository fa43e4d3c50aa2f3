package dev.octosts.exchange.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.spi.UsedTokens.Result;
import dev.octosts.exchange.spi.UsedTokens.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MemoryUsedTokensTest {

    private static final Duration LIFE = Duration.ofMinutes(5);

    /** A clock that has run for long, and will soon be negative. */
    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final MemoryUsedTokens used = new MemoryUsedTokens(time::get);

    private static Use use(String token, String holder) {
        return new Use(token, holder, "octo-org");
    }

    private Result use(String token) {
        return used.use(use(token, "holder of " + token), LIFE);
    }

    private void passes(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    @Test
    void a_token_is_used_once_and_another_token_does_not_matter() {
        assertThat(use("a")).isEqualTo(Result.FIRST);
        assertThat(use("a")).isEqualTo(Result.REPEATED);
        assertThat(use("b")).isEqualTo(Result.FIRST);
        assertThat(use("b")).isEqualTo(Result.REPEATED);
    }

    @Test
    void a_token_is_remembered_for_its_life_and_no_longer() {
        use("a");
        passes(LIFE.minusNanos(1));
        assertThat(use("a")).isEqualTo(Result.REPEATED);
        passes(Duration.ofNanos(1));
        assertThat(use("a")).isEqualTo(Result.FIRST);
    }

    @Test
    void a_use_is_taken_back_by_its_holder_alone() {
        used.use(use("a", "one"), LIFE);
        used.takeBack(use("a", "other"));
        assertThat(use("a")).isEqualTo(Result.REPEATED);
        used.takeBack(use("a", "one"));
        assertThat(use("a")).isEqualTo(Result.FIRST);
        used.takeBack(use("unknown", "one"));
    }

    @Test
    void of_uses_at_the_same_time_one_is_the_first() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 200; round++) {
                String token = "token " + round;
                var start = new CountDownLatch(1);
                var calls = new ArrayList<Callable<Result>>();
                for (int caller = 0; caller < 8; caller++) {
                    var use = use(token, "caller " + caller);
                    calls.add(() -> {
                        start.await();
                        return used.use(use, LIFE);
                    });
                }
                var answers = calls.stream().map(callers::submit).toList();
                start.countDown();
                int first = 0;
                for (var answer : answers) {
                    first += answer.get() == Result.FIRST ? 1 : 0;
                }
                assertThat(first).isOne();
            }
        }
    }

    @Test
    void forgets_no_living_token_when_it_is_full_and_has_room_again_when_some_have_expired() {
        fill();

        assertThat(used.use(new Use("one more", "h", "newcomer"), LIFE)).isEqualTo(Result.FULL);
        assertThat(used.use(new Use("0", "h", "newcomer"), LIFE))
                .as("a used one")
                .isEqualTo(Result.REPEATED);

        passes(LIFE);
        assertThat(used.use(new Use("one more", "h", "newcomer"), LIFE)).isEqualTo(Result.FIRST);
    }

    private void fill() {
        IntStream.range(0, MemoryUsedTokens.MAXIMUM).forEach(number -> {
            var use = new Use(Integer.toString(number), "h", "owner " + number % 20);
            assertThat(used.use(use, LIFE)).isEqualTo(Result.FIRST);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void one_owner_cannot_take_the_room_of_others(boolean takenBack) {
        IntStream.range(0, MemoryUsedTokens.MAXIMUM_OF_AN_OWNER).forEach(number -> use("greedy " + number));

        assertThat(use("one more")).isEqualTo(Result.FULL);
        assertThat(used.use(new Use("another's", "h", "quiet"), LIFE)).isEqualTo(Result.FIRST);

        if (takenBack) {
            used.takeBack(use("greedy 7", "holder of greedy 7"));
        } else {
            passes(LIFE);
        }
        assertThat(use("one more")).isEqualTo(Result.FIRST);
    }
}
