package dev.octosts.api.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateBudgetTest {

    private final AtomicLong now = new AtomicLong(7);
    private final RateBudget<String> budget = new RateBudget<>(0.5, 2, 100, now::get);

    @Test
    void a_key_may_be_used_as_often_at_once_as_its_bucket_has_and_then_at_the_rate() throws BusyException {
        budget.use("a");
        budget.use("a");
        assertBusyFor(Duration.ofSeconds(2), "a");
        pass(Duration.ofSeconds(2));
        budget.use("a");
        assertBusyFor(Duration.ofSeconds(2), "a");
    }

    @Test
    void keys_have_buckets_of_their_own() throws BusyException {
        budget.use("a");
        budget.use("a");
        budget.use("b");
    }

    @Test
    void a_check_uses_nothing() throws BusyException {
        for (int i = 0; i < 10; i++) {
            budget.check("a");
        }
        budget.use("a");
        budget.use("a");
        assertThatThrownBy(() -> budget.check("a")).isInstanceOf(BusyException.class);
    }

    @Test
    void a_bucket_never_holds_more_than_its_burst() throws BusyException {
        pass(Duration.ofHours(1));
        budget.use("a");
        budget.use("a");
        assertBusyFor(Duration.ofSeconds(2), "a");
    }

    @Test
    void what_is_charged_afterwards_empties_a_bucket_and_owes_nothing() {
        for (int i = 0; i < 100; i++) {
            budget.charge("a");
        }
        assertBusyFor(Duration.ofSeconds(2), "a");
    }

    @Test
    void what_is_given_back_can_be_used_again_up_to_the_burst() throws BusyException {
        budget.use("a");
        budget.use("a");
        budget.giveBack("a", 5);
        budget.use("a");
        budget.use("a");
        assertBusyFor(Duration.ofSeconds(2), "a");
    }

    @Test
    void a_caller_is_told_to_wait_for_a_second_at_least() {
        assertThat(new BusyException("x", Duration.ofMillis(3)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void assertBusyFor(Duration time, String key) {
        assertThatThrownBy(() -> budget.use(key))
                .asInstanceOf(type(BusyException.class))
                .extracting(BusyException::retryAfter)
                .isEqualTo(time);
    }
}
