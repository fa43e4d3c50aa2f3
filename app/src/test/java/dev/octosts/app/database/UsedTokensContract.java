package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.exchange.spi.UsedTokens.Result;
import dev.octosts.exchange.spi.UsedTokens.Use;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every database must do with used tokens. */
@Timeout(60)
abstract class UsedTokensContract extends DatabaseTests {

    private static final Duration LIFE = Duration.ofMinutes(5);

    private static JdbcUsedTokens used(Database database) {
        return new JdbcUsedTokens(database, System::nanoTime);
    }

    private static String newToken() {
        return dev.octosts.api.Sha256.hex(UUID.randomUUID().toString());
    }

    private static Use use(String token) {
        return new Use(token, UUID.randomUUID().toString(), "octo-org");
    }

    private int run(String sql, String token) throws SQLException {
        try (var connection = database().connection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, token);
            return statement.executeUpdate();
        }
    }

    private int rows(String token) throws SQLException {
        try (var connection = database().connection();
                var statement = connection.prepareStatement("SELECT COUNT(*) FROM used_tokens WHERE token = ?")) {
            statement.setString(1, token);
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    private void expire(String token) throws SQLException {
        run("UPDATE used_tokens SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND WHERE token = ?", token);
    }

    @Test
    void a_use_is_known_to_every_replica() throws StoreException {
        String token = newToken();

        assertThat(used(database()).use(use(token), LIFE)).isEqualTo(Result.FIRST);
        assertThat(used(again()).use(use(token), LIFE)).isEqualTo(Result.REPEATED);
        assertThat(used(database()).use(use(token), LIFE)).isEqualTo(Result.REPEATED);
        assertThat(used(again()).use(use(newToken()), LIFE)).isEqualTo(Result.FIRST);
    }

    @Test
    void a_use_is_taken_back_by_its_holder_alone() throws StoreException {
        Use use = use(newToken());
        used(database()).use(use, LIFE);

        used(again()).takeBack(use(use.token()));
        assertThat(used(again()).use(use(use.token()), LIFE)).isEqualTo(Result.REPEATED);
        used(database()).takeBack(use);
        assertThat(used(again()).use(use(use.token()), LIFE)).isEqualTo(Result.FIRST);
    }

    @Test
    void an_expired_entry_is_in_nobodys_way_and_one_that_lives_for_years_is_kept() throws Exception {
        String token = newToken();
        used(database()).use(use(token), LIFE);
        expire(token);

        assertThat(used(database()).use(use(token), Duration.ofDays(3_650))).isEqualTo(Result.FIRST);
        assertThat(used(again()).use(use(token), LIFE)).isEqualTo(Result.REPEATED);
    }

    @Test
    void expired_entries_are_swept() throws Exception {
        String expired = newToken();
        String living = newToken();
        var time = new AtomicLong();
        var used = new JdbcUsedTokens(database(), time::get);
        used.use(use(expired), LIFE);
        used.use(use(living), LIFE);
        expire(expired);
        used.use(use(newToken()), LIFE);
        assertThat(rows(expired)).isOne();

        time.addAndGet(Duration.ofMinutes(2).toNanos());
        used.use(use(newToken()), LIFE);

        assertThat(rows(expired)).isZero();
        assertThat(rows(living)).isOne();
    }

    @Test
    void of_uses_at_the_same_time_on_two_replicas_one_is_the_first() throws Exception {
        var one = used(database());
        var other = used(again());
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 40; round++) {
                String token = newToken();
                if (round % 2 == 0) {
                    one.use(use(token), LIFE);
                    expire(token);
                }
                var start = new CountDownLatch(1);
                var calls = new ArrayList<Callable<Result>>();
                for (int caller = 0; caller < 8; caller++) {
                    var used = caller % 2 == 0 ? one : other;
                    calls.add(() -> {
                        start.await();
                        return used.use(use(token), LIFE);
                    });
                }
                var answers = calls.stream().map(callers::submit).toList();
                start.countDown();
                int first = 0;
                for (var answer : answers) {
                    first += answer.get() == Result.FIRST ? 1 : 0;
                }
                assertThat(first).as("round %s", round).isOne();
            }
        }
    }
}
