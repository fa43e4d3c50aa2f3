package dev.octosts.app.audit;

import static dev.octosts.app.audit.TestExchanges.granted;
import static dev.octosts.app.audit.TestExchanges.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.InstallationToken;
import dev.octosts.app.settings.AuditSettings;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.sandbox.Await;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The writer under faults, with callers that wait. */
@Timeout(60)
class StoredJournalTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MemoryAuditStore store = new MemoryAuditStore();

    @TempDir
    Path folder = Path.of("");

    private StoredJournal durable(Duration patience) {
        return new StoredJournal(new CommitQueue(patience), store, Optional.empty(), Clock.systemUTC());
    }

    /** Keeps tokens in memory, or is down. */
    private static final class Safe implements TokenSafe {
        private final List<String> tokens = new ArrayList<>();
        private boolean down;

        @Override
        public void put(ExchangeEvent granted, InstallationToken token) throws StoreException {
            if (down) {
                throw new StoreException("down", null);
            }
            tokens.add(token.value());
        }

        @Override
        public List<Sealed> held(TokenHolder holder) {
            return List.of();
        }

        @Override
        public void forget(List<String> sha256s) {}

        @Override
        public void note(List<AuditRecord> acts) {}
    }

    @Test
    void a_token_is_kept_where_the_operator_wants_that_and_nobody_goes_on_when_it_is_not() throws Exception {
        var safe = new Safe();
        var settings = new AuditSettings(
                AuditSettings.AuditMode.DURABLE, Optional.empty(), folder, LONG.toMillis(), LONG, Optional.empty());
        var token = new InstallationToken("ghs_token", TestRecords.TIME);
        try (var journal = StoredJournal.of(settings, store, Optional.of(safe))) {
            journal.hold(granted("one"), token);
            assertThat(safe.tokens).containsExactly("ghs_token");

            safe.down = true;
            assertThatThrownBy(() -> journal.hold(granted("two"), token)).isInstanceOf(StoreException.class);
        }
        try (var journal = StoredJournal.of(settings, store, Optional.empty())) {
            journal.hold(granted("three"), token);
        }
        assertThat(safe.tokens).hasSize(1);
    }

    @Test
    void a_caller_goes_on_when_its_record_is_committed_and_not_before() throws Exception {
        try (var journal = durable(LONG);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            store.hold();
            Future<?> caller = callers.submit((Callable<?>) () -> {
                journal.keep(granted("r1"));
                return true;
            });
            Await.until("the record waits", () -> journal.status().waiting() == 1);
            assertThat(caller.isDone()).isFalse();

            store.release();

            caller.get();
            assertThat(store.requestIds()).containsExactly("r1");
        }
    }

    @Test
    void callers_that_come_during_a_commit_share_the_next_one() throws Exception {
        try (var journal = durable(LONG);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            store.hold();
            var all = IntStream.range(0, 200)
                    .mapToObj(number -> callers.submit((Callable<?>) () -> {
                        journal.keep(granted("r" + number));
                        return true;
                    }))
                    .toList();
            Await.until("all wait", () -> journal.status().waiting() == 200);
            store.release();
            for (Future<?> one : all) {
                one.get();
            }

            assertThat(store.ids()).hasSize(200).doesNotHaveDuplicates();
            assertThat(store.commits).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void while_the_store_is_down_no_token_is_promised_and_refusals_are_written_when_it_is_back() throws Exception {
        try (var journal = durable(LONG)) {
            store.down(true);
            assertThatThrownBy(() -> journal.keep(granted("r1"))).isInstanceOf(StoreException.class);
            Await.until("it is known to be down", () -> !journal.isReady());
            journal.note(refused("r2"));
            assertThat(journal.status().storeWorks()).isFalse();

            store.down(false);

            Await.until("it is ready again", journal::isReady);
            journal.keep(granted("r3"));
            assertThat(store.requestIds()).containsExactly("r2", "r3");
        }
    }

    @Test
    void a_store_that_is_slow_gets_no_more_patience_than_there_is() throws Exception {
        try (var journal = durable(SHORT);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            store.hold();
            var first = callers.submit((Callable<?>) () -> {
                journal.keep(granted("being written"));
                return true;
            });
            assertThatThrownBy(first::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StoreException.class);
            assertThatThrownBy(() -> journal.keep(granted("given up")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("does not take records");
            store.release();

            Await.until("it is waited for again", journal::isReady);
            journal.keep(granted("r3"));
            assertThat(store.requestIds()).contains("r3").doesNotContain("given up");
        }
    }

    @Test
    void a_refusal_that_was_committed_without_an_answer_is_written_once() throws Exception {
        try (var journal = durable(SHORT)) {
            store.losesAnswers(true);
            journal.note(refused("r1"));
            Await.until("it was tried", () -> !journal.isReady());
            store.losesAnswers(false);
            Await.until("it is ready again", journal::isReady);

            journal.keep(granted("r2"));
            assertThat(store.requestIds()).containsExactly("r1", "r2");
        }
    }
}
