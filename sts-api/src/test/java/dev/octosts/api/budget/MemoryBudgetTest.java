package dev.octosts.api.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final long PATIENCE = 10;

    private final AtomicLong now = new AtomicLong();
    private final MemoryBudget budget = new MemoryBudget(100, PATIENCE, now::get);
    private final List<String> closed = new ArrayList<>();

    private MemoryBudget.Hold hold(String name, long bytes) {
        var hold = budget.hold(bytes, () -> closed.add(name)).orElseThrow();
        now.incrementAndGet();
        return hold;
    }

    @Test
    void holds_up_to_its_limit() {
        hold("a", 60);
        hold("b", 40);

        assertThat(budget.used()).isEqualTo(100);
        assertThat(budget.hold(1, null)).isEmpty();
        assertThat(closed).isEmpty();
    }

    @Test
    void refuses_the_newcomer_while_no_holder_is_slow() {
        hold("a", 100);
        now.set(PATIENCE - 1);

        assertThat(budget.hold(1, () -> {})).isEmpty();
        assertThat(closed).isEmpty();
    }

    @Test
    void closes_as_many_of_the_slowest_as_a_newcomer_needs() {
        hold("a", 30);
        hold("b", 30);
        hold("c", 40);
        now.set(100);

        assertThat(budget.hold(50, null)).isPresent();
        assertThat(closed).containsExactly("a", "b");
        assertThat(budget.used()).isEqualTo(90);
    }

    @Test
    void closes_none_that_cannot_be_closed_or_that_waits_for_no_caller() {
        var _ = budget.hold(40, null).orElseThrow();
        var working = hold("working", 40);
        working.settle();
        hold("slow", 20);
        now.set(100);

        assertThat(budget.hold(21, null)).isEmpty();
        assertThat(closed).containsExactly("slow");

        working.unsettle();
        assertThat(budget.hold(60, null)).isPresent();
        assertThat(closed).containsExactly("slow", "working");
    }

    @Test
    void keeps_the_age_of_a_holder_that_has_worked_in_between() {
        var older = hold("older", 40);
        hold("younger", 40);
        older.settle();
        older.unsettle();
        now.set(100);

        assertThat(budget.hold(30, null)).isPresent();
        assertThat(closed).containsExactly("older");
    }

    @Test
    void refuses_the_slowest_itself_rather_than_close_a_faster_one() {
        var slowest = hold("slowest", 50);
        hold("faster", 50);
        now.set(100);

        assertThat(slowest.grow(1)).isFalse();
        assertThat(closed).isEmpty();
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void gives_nothing_more_to_a_holder_that_was_closed() {
        var slow = hold("slow", 100);
        now.set(100);
        var _ = budget.hold(10, null).orElseThrow();

        assertThat(slow.grow(1)).isFalse();
        slow.unsettle();
        slow.close();
        assertThat(budget.used()).isEqualTo(10);
    }

    @Test
    void gives_back_once_what_is_closed_twice() {
        var hold = hold("a", 60);
        hold("b", 40);

        hold.close();
        hold.close();

        assertThat(budget.used()).isEqualTo(40);
    }

    @Test
    void refuses_more_than_there_is_at_all() {
        assertThat(budget.hold(101, null)).isEmpty();
        assertThat(budget.hold(Long.MAX_VALUE, null)).isEmpty();
        assertThat(budget.used()).isZero();
    }

    @Test
    void never_lends_more_than_its_limit_to_holders_that_come_at_the_same_time() throws Exception {
        var shared = new MemoryBudget(1_000, Long.MAX_VALUE, System::nanoTime);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Boolean>>();
            for (int caller = 0; caller < 200; caller++) {
                results.add(callers.submit(() -> {
                    boolean within = true;
                    for (int turn = 0; turn < 200; turn++) {
                        var hold = shared.hold(7, null).orElse(null);
                        within &= shared.used() <= shared.limit();
                        if (hold != null) {
                            hold.grow(3);
                            hold.close();
                        }
                    }
                    return within;
                }));
            }
            for (var result : results) {
                assertThat(result.get()).isTrue();
            }
        }
        assertThat(shared.used()).isZero();
    }
}
