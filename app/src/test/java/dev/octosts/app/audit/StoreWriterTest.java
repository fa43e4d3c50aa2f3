package dev.octosts.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(10);

    @Test
    void has_many_new_records_counted_and_few_not_yet() throws Exception {
        var store = new MemoryAuditStore();
        var queue = new CommitQueue(PATIENCE);
        try (var writer = new StoreWriter(store, queue, Optional.empty(), PAUSE, 3)) {
            queue.keep(TestRecords.record("one"));
            queue.keep(TestRecords.record("two"));
            Await.until("both are written", () -> writer.written() == 2);
            assertThat(store.counts()).isZero();

            queue.keep(TestRecords.record("three"));

            Await.until("they are counted", () -> store.counts() == 1);
        }
    }
}
