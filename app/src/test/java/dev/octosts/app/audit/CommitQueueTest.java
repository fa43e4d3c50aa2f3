package dev.octosts.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.exchange.spi.StoreException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitQueueTest {

    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final CommitQueue queue = new CommitQueue(PATIENCE);

    @Test
    void a_store_that_hangs_keeps_the_first_caller_waiting_and_nobody_after_it() throws Exception {
        assertThatThrownBy(() -> queue.keep(TestRecords.record("1"))).isInstanceOf(StoreException.class);
        assertThat(queue.isReady()).as("nothing is minted meanwhile").isFalse();

        assertThatThrownBy(() -> queue.keep(TestRecords.record("2")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("does not take records");
        assertThat(queue.waiting()).as("the second one was turned away").isEqualTo(1);
        assertThat(queue.offer(TestRecords.record("3")))
                .as("a refusal is kept for later")
                .isTrue();
    }

    @Test
    void a_store_that_goes_on_after_all_is_waited_for_again() throws Exception {
        assertThatThrownBy(() -> queue.keep(TestRecords.record("1"))).isInstanceOf(StoreException.class);
        queue.offer(TestRecords.record("2"));

        assertThat(queue.next(Duration.ZERO)).extracting(AuditRecord::id).containsExactly("2");
        assertThat(queue.isReady()).isTrue();

        queue.written();
        assertThat(queue.waiting()).isZero();
    }
}
