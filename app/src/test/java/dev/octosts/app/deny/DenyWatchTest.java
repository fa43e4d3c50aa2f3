package dev.octosts.app.deny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.sandbox.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DenyWatchTest {

    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofHours(1);

    private final Store store = new Store();

    /** Rules in memory, which may be out of reach. */
    private static final class Store implements DenyStore {

        private final List<Kept> rules = new CopyOnWriteArrayList<>();
        private final AtomicInteger reads = new AtomicInteger();
        private volatile boolean down;
        private final AtomicLong version = new AtomicLong();

        @Override
        public long version() throws StoreException {
            if (down) {
                throw new StoreException("down", null);
            }
            return version.get();
        }

        @Override
        public List<Kept> rules() {
            reads.incrementAndGet();
            return rules;
        }

        @Override
        public void add(DenyRule rule, String by) {
            rules.add(new Kept(rule, by, Instant.EPOCH));
            version.incrementAndGet();
        }

        @Override
        public boolean remove(String id, String by, String why) {
            boolean removed = rules.removeIf(kept -> kept.rule().id().equals(id));
            version.incrementAndGet();
            return removed;
        }
    }

    private static DenyRule rule() {
        return new DenyRule(
                "r1",
                new DenyRule.DeniedTarget("octo-org", "", ""),
                DenyRule.DeniedCaller.ANY,
                "why",
                Optional.empty());
    }

    @Test
    void the_rules_are_unknown_until_the_store_has_answered_once() {
        store.down = true;
        store.add(rule(), "alice");
        try (var watch = new DenyWatch(store, OFTEN)) {
            assertThat(watch.current().areKnown()).isFalse();
            assertThat(watch.state()).isEqualTo(DenyGuard.State.UNKNOWN);

            store.down = false;

            Await.until("the rules are known", () -> watch.state() == DenyGuard.State.CURRENT);
            assertThat(watch.current().size()).isOne();
        }
    }

    @Test
    void the_last_known_rules_stay_in_force_while_the_store_does_not_answer() {
        store.add(rule(), "alice");
        try (var watch = new DenyWatch(store, OFTEN)) {
            Await.until("the rules are known", () -> watch.state() == DenyGuard.State.CURRENT);
            store.down = true;
            Await.until("the store is missed", () -> watch.state() == DenyGuard.State.STALE);
            store.remove("r1", "bob", "over");
            assertThat(watch.current().size()).isOne();

            store.down = false;

            Await.until("the rule is gone", () -> watch.current().areNone());
            assertThat(watch.current().areKnown()).isTrue();
            assertThat(watch.state()).isEqualTo(DenyGuard.State.CURRENT);
        }
    }

    @Test
    void rules_are_read_when_they_have_changed_and_not_with_each_look() {
        try (var watch = new DenyWatch(store, OFTEN)) {
            Await.until("the rules are known", () -> watch.state() == DenyGuard.State.CURRENT);
            store.add(rule(), "alice");
            Await.until("the rule is in force", () -> watch.current().size() == 1);

            assertThat(store.reads).hasValue(2);
        }
    }

    @Test
    void news_are_not_left_to_the_next_look() {
        try (var watch = new DenyWatch(store, NEVER)) {
            Await.until("the rules are known", () -> watch.state() == DenyGuard.State.CURRENT);
            store.add(rule(), "alice");

            watch.lookAgain();

            Await.until("the rule is in force", () -> watch.current().size() == 1);
        }
    }

    @Test
    void stops_are_counted() {
        try (var watch = new DenyWatch(store, OFTEN)) {
            watch.stopped(rule());
            watch.stopped(rule());
            assertThat(watch.stops()).isEqualTo(2);
        }
    }
}
