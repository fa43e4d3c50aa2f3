package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import dev.octosts.webhook.spi.CommitLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Claims of replicas on commits, in PostgreSQL, where this machine has one: an embedded file has one replica only. */
@Timeout(120)
class PostgresCommitLockTest extends DatabaseTests {

    private final Replicas replicas = new Replicas();
    private String head = "";

    @Override
    TestDatabase tested() {
        return replicas;
    }

    @BeforeEach
    void anotherCommit() {
        head = UUID.randomUUID().toString();
    }

    private int run(String sql) throws SQLException {
        try (var connection = database().connection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    @Test
    void a_commit_is_one_replicas_at_a_time() {
        CommitLock[] replicas = {new JdbcCommitLock(database()), new JdbcCommitLock(again())};
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var reviews = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 10; i++) {
            CommitLock replica = replicas[i % 2];
            reviews.add(CompletableFuture.runAsync(
                    () -> {
                        try (var _ = replica.take(head)) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            takeSomeTime();
                            inside.decrementAndGet();
                        }
                    },
                    task -> Thread.ofVirtual().start(task)));
        }
        reviews.forEach(CompletableFuture::join);
        assertThat(most).hasValue(1);
    }

    private void takeSomeTime() {
        try {
            run("UPDATE review_claims SET holder = holder");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void another_commit_is_free() {
        CommitLock claims = new JdbcCommitLock(database());
        try (var _ = claims.take(head);
                var _ = new JdbcCommitLock(again()).take(head + "x")) {
            assertThat(head).isNotEmpty();
        }
    }

    @Test
    void nothing_is_left_of_a_review_that_ended() throws SQLException {
        try (var _ = new JdbcCommitLock(database()).take(head)) {
            assertThat(run("UPDATE review_claims SET holder = holder")).isPositive();
        }
        assertThat(run("UPDATE review_claims SET holder = holder")).isZero();
    }

    @Test
    void the_claim_of_a_killed_replica_ends_by_itself() throws Exception {
        var killed = new JdbcCommitLock(database()).take(head);
        var next = CompletableFuture.supplyAsync(
                () -> new JdbcCommitLock(again()).take(head),
                task -> Thread.ofVirtual().start(task));
        assertThat(next).isNotDone();

        assertThat(run("UPDATE review_claims SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND"))
                .isEqualTo(1);

        try (var _ = next.join()) {
            // What the killed one would still do takes nothing from its successor.
            killed.close();
            assertThat(run("UPDATE review_claims SET holder = holder")).isEqualTo(1);
        }
    }

    @Test
    void a_review_that_goes_on_keeps_its_commit() throws Exception {
        try (var _ = new JdbcCommitLock(database(), 6).take(head)) {
            run("UPDATE review_claims SET expires_at = CURRENT_TIMESTAMP + INTERVAL '3' SECOND");
            String prolonged = "UPDATE review_claims SET holder = holder"
                    + " WHERE expires_at > CURRENT_TIMESTAMP + INTERVAL '4' SECOND";
            Await.until("the claim is prolonged", Duration.ofSeconds(15), () -> run(prolonged) == 1);
        }
    }

    @Test
    void a_database_that_is_down_stops_no_review() throws Exception {
        replicas.server().stop();
        try (var _ = new JdbcCommitLock(database()).take("a");
                var _ = new JdbcCommitLock(again()).take("a")) {
            assertThat(database().isShared()).isTrue();
        }
        replicas.server().resume();
        Databases.awaitConnection(database(), again());
    }
}
