package dev.octosts.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Actor;
import dev.octosts.api.ExchangeEvent.Evidence;
import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.RequestedGrant;
import dev.octosts.app.settings.AuditSettings;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.sandbox.Await;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The writer under faults, with callers that wait and with a spool. */
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

    private StoredJournal async(long limit) throws Exception {
        return new StoredJournal(Spool.open(folder, limit), store, Optional.empty(), Clock.systemUTC());
    }

    private static ExchangeEvent granted(String request) {
        return event(request, new Actor("https://issuer.example", "me", List.of()), "ab".repeat(32), null);
    }

    private static ExchangeEvent refused(String request) {
        return event(
                request,
                new Actor("https://issuer.example", "me", List.of()),
                "",
                new Problem(ProblemCode.PERMISSION_DENIED, "no"));
    }

    private static ExchangeEvent unverified() {
        return event("x", Actor.UNKNOWN, "", new Problem(ProblemCode.UNAUTHENTICATED, "no"));
    }

    private static ExchangeEvent event(String request, Actor actor, String sha256, @Nullable Problem problem) {
        return new ExchangeEvent(
                Operation.EXCHANGE,
                actor,
                Map.of(),
                7,
                "octo-org/octo-repo",
                "ci",
                RequestedGrant.EVERYTHING,
                "agent",
                request,
                sha256,
                problem,
                null,
                List.of(),
                TestRecords.TIME,
                Duration.ofMillis(1),
                Evidence.NONE);
    }

    private List<String> requests() {
        synchronized (store) {
            return store.rows.stream().map(row -> row.record().requestId()).toList();
        }
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
        public List<Sealed> held(Holder holder) {
            return List.of();
        }

        @Override
        public void forget(List<String> sha256s) {}

        @Override
        public void note(AuditRecord act) {}
    }

    @Test
    void a_token_is_kept_where_the_operator_wants_that_and_nobody_goes_on_when_it_is_not() throws Exception {
        var safe = new Safe();
        var settings = new AuditSettings(
                AuditSettings.Mode.DURABLE, Optional.empty(), folder, LONG.toMillis(), LONG, Optional.empty());
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
            assertThat(requests()).containsExactly("r1");
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
            assertThat(requests()).containsExactly("r2", "r3");
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
            assertThat(requests()).contains("r3").doesNotContain("given up");
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
            assertThat(requests()).containsExactly("r1", "r2");
        }
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
            assertThat(requests()).hasSize(51).startsWith("r0", "r1").endsWith("r49", "refused");
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
        assertThat(requests()).doesNotHaveDuplicates();
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

    @Test
    void the_texts_of_strangers_are_bounded_and_plain() {
        var hostile = event(
                "r\u0000\n" + "\ud800",
                new Actor("https://x\u202e", "s".repeat(5_000), List.of(new ExchangeEvent.Claim("c\u0007", "v\ud800"))),
                "",
                new Problem(ProblemCode.PERMISSION_DENIED, "no\u0000"));

        AuditRecord record = AuditRecords.of(hostile);

        assertThat(record.texts())
                .allSatisfy(text -> assertThat(text.codePoints())
                        .allMatch(code -> code >= ' ' && (code < 0xd800 || code > 0xdfff)));
        assertThat(record.caller().subject().length()).isLessThanOrEqualTo(1_100);
    }
}
