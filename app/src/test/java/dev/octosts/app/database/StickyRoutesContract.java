package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.routing.StickyAssignment.Held;
import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.exchange.spi.AssignmentStore.Assignment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every database must do with sticky routes. */
@Timeout(60)
abstract class StickyRoutesContract extends DatabaseTests {

    private static final Assignment FIRST = new Assignment(1, 11);
    private static final Assignment SECOND = new Assignment(2, 22);

    private final List<AssignmentOutcome> told = new CopyOnWriteArrayList<>();

    private StickyAssignment routing(Database database) {
        return StickyAssignment.inStore(
                new JdbcAssignmentStore(database, Duration.ofHours(1), System::nanoTime),
                Duration.ofHours(1),
                System::nanoTime,
                told::add);
    }

    private static AssignmentKey newKey() {
        return AssignmentKey.of("o/r", "ci", UUID.randomUUID().toString());
    }

    private int run(String sql, AssignmentKey key) throws SQLException {
        try (var connection = database().connection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, key.digest());
            return statement.executeUpdate();
        }
    }

    @Test
    void a_route_is_found_by_every_replica() {
        try (var one = routing(database());
                var other = routing(again())) {
            var key = newKey();
            assertThat(one.find(key)).isEqualTo(new Held.ByNone());
            assertThat(one.assign(key, null, FIRST)).isEqualTo(FIRST);
            assertThat(other.find(key)).isEqualTo(new Held.By(FIRST));
            assertThat(other.assign(key, null, SECOND)).isEqualTo(FIRST);
            assertThat(other.assign(key, SECOND, SECOND))
                    .as("what is not there")
                    .isEqualTo(FIRST);
            assertThat(other.assign(key, FIRST, SECOND)).isEqualTo(SECOND);
            assertThat(one.find(key)).isEqualTo(new Held.By(SECOND));
            assertThat(told).isEmpty();
        }
    }

    @Test
    void a_route_that_was_not_used_for_its_time_is_given_anew() throws SQLException {
        try (var routing = routing(database())) {
            var key = newKey();
            routing.assign(key, null, FIRST);
            run("UPDATE sticky_routes SET used_at = CURRENT_TIMESTAMP - INTERVAL '61' MINUTE WHERE route = ?", key);
            assertThat(routing.find(key)).isEqualTo(new Held.ByNone());
            assertThat(routing.assign(key, null, SECOND)).isEqualTo(SECOND);
        }
    }

    @Test
    void a_use_prolongs_a_route() throws SQLException {
        try (var routing = routing(database())) {
            var key = newKey();
            routing.assign(key, null, FIRST);
            run("UPDATE sticky_routes SET used_at = CURRENT_TIMESTAMP - INTERVAL '59' MINUTE WHERE route = ?", key);
            assertThat(routing.find(key)).isEqualTo(new Held.By(FIRST));
            assertThat(run(
                            "UPDATE sticky_routes SET app_id = 3 WHERE route = ?"
                                    + " AND used_at > CURRENT_TIMESTAMP - INTERVAL '1' MINUTE",
                            key))
                    .isOne();
        }
    }

    @Test
    void replicas_that_are_first_at_the_same_time_agree() throws Exception {
        try (var one = routing(database());
                var other = routing(again());
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                var key = newKey();
                var start = new CountDownLatch(1);
                var calls = new ArrayList<Callable<Assignment>>();
                for (int caller = 0; caller < 8; caller++) {
                    var routing = caller % 2 == 0 ? one : other;
                    var wanted = new Assignment(caller, 100 + caller);
                    calls.add(() -> {
                        start.await();
                        return routing.assign(key, null, wanted);
                    });
                }
                var answers = calls.stream().map(callers::submit).toList();
                start.countDown();
                var assigned = new HashSet<Assignment>();
                for (var answer : answers) {
                    assigned.add(answer.get());
                }
                assertThat(assigned).hasSize(1);
            }
            assertThat(told).isEmpty();
        }
    }
}
