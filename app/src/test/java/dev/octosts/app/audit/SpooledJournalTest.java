package dev.octosts.app.audit;

import static dev.octosts.app.audit.TestExchanges.granted;
import static dev.octosts.app.audit.TestExchanges.refused;
import static dev.octosts.app.audit.TestExchanges.unverified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.sandbox.Await;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The writer under faults, with a spool. */
@Timeout(60)
class SpooledJournalTest {

    private final MemoryAuditStore store = new MemoryAuditStore();

    @TempDir
    Path folder = Path.of("");

    private StoredJournal async(long limit) throws Exception {
        return new StoredJournal(Spool.open(folder, limit), store, Optional.empty(), Clock.systemUTC());
    }

    @Test
    void a_spool_lets_callers_go_on_while_the_store_is_down_and_is_written_when_it_is_back() throws Exception {
        store.down(true);
        try (var journal = async(1 << 20)) {
            for (int number = 0; number < 50; number++) {
                journal.keep(granted("r" + number));
            }
            journal.note(refused("refused"));
            assertThat(journal.isReady()).isTrue();
            assertThat(journal.status().waiting()).isEqualTo(51);
            assertThat(journal.status().spoolBytes()).isPositive();

            store.down(false);

            Await.until("everything is written", () -> journal.status().waiting() == 0);
            assertThat(store.requestIds()).hasSize(51).startsWith("r0", "r1").endsWith("r49", "refused");
            assertThat(journal.status().written()).isEqualTo(51);
        }
    }

    @Test
    void a_spool_is_written_once_by_the_next_process_although_the_store_had_some_of_it() throws Exception {
        store.losesAnswers(true);
        try (var journal = async(1 << 20)) {
            for (int number = 0; number < 20; number++) {
                journal.keep(granted("r" + number));
            }
            Await.until("the store has some", () -> !store.ids().isEmpty());
        }
        store.losesAnswers(false);

        try (var next = async(1 << 20)) {
            next.keep(granted("new"));
            Await.until("everything is written", () -> store.ids().size() == 21);
        }
        assertThat(store.requestIds()).doesNotHaveDuplicates();
    }

    @Test
    void a_spool_that_is_full_promises_no_token_and_counts_what_is_lost() throws Exception {
        store.down(true);
        try (var journal = async(16 * 1024)) {
            for (int number = 0; number < 200; number++) {
                journal.note(refused("other-" + number));
            }
            assertThat(journal.status().lost()).isPositive();
            long kept = 0;
            StoreException full = null;
            while (full == null) {
                try {
                    journal.keep(granted("token-" + kept));
                    kept++;
                } catch (StoreException noRoom) {
                    full = noRoom;
                }
            }
            assertThat(kept).as("tokens find room").isPositive();

            store.down(false);
            Await.until("there is room again", () -> journal.status().spoolBytes() == 0);
            journal.keep(granted("after"));
        }
    }

    @Test
    void a_flood_of_tokens_that_nothing_verifies_is_counted_and_not_stored() throws Exception {
        try (var journal = async(1 << 20)) {
            for (int number = 0; number < 5_000; number++) {
                journal.note(unverified());
            }
            assertThat(journal.status().lost()).isGreaterThan(4_000);
            Await.until("the count is stored", () -> {
                journal.note(unverified());
                synchronized (store) {
                    return store.rows.stream().anyMatch(row -> row.record().kind() == AuditRecord.Kind.LOSS);
                }
            });
            assertThat(store.ids()).hasSizeLessThan(600);
        }
    }
}
