package dev.octosts.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(10);

    @Test
    void has_many_new_records_counted_and_few_not_yet() throws Exception {
        var store = new MemoryAuditStore();
        var queue = new CommitQueue(PATIENCE);
        try (var writer = new StoreWriter(store, queue, Optional.empty(), PAUSE, Clock.systemUTC(), 3)) {
            queue.keep(TestRecords.record("one"));
            queue.keep(TestRecords.record("two"));
            Await.until("both are written", () -> writer.written() == 2);
            assertThat(store.counts()).isZero();

            queue.keep(TestRecords.record("three"));

            Await.until("they are counted", () -> store.counts() == 1);
        }
    }

    @Test
    void is_as_far_behind_as_the_oldest_record_that_the_store_does_not_have() throws Exception {
        Instant now = Instant.parse("2026-11-30T12:00:00Z");
        var store = new MemoryAuditStore();
        var queue = new CommitQueue(PATIENCE);
        store.hold();
        try (var writer =
                new StoreWriter(store, queue, Optional.empty(), PAUSE, Clock.fixed(now, ZoneOffset.UTC), 1_000)) {
            Thread.ofVirtual().start(() -> queue.offer(TestRecords.record("old", now.minusSeconds(40))));
            Await.until("it is being written", () -> writer.behind().equals(Duration.ofSeconds(40)));

            Thread.ofVirtual().start(() -> queue.offer(TestRecords.record("old", now.minusSeconds(7))));
            Await.until("the next one waits", () -> queue.waiting() == 2);
            store.release();

            Await.until("both are written", () -> writer.written() == 2);
            assertThat(writer.behind()).isZero();
        }
    }
}
