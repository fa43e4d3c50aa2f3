package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.routing.StickyAssignment.Held;
import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.exchange.spi.AssignmentStore.Assignment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sticky routes in the embedded file. */
class H2StickyRoutesTest extends StickyRoutesContract {

    private final FileDatabase file = new FileDatabase();

    @Override
    TestDatabase tested() {
        return file;
    }

    @Test
    void a_database_that_is_gone_is_told_and_leaves_what_is_remembered(@TempDir Path folder) {
        var shortLived = Databases.inFile(folder);
        shortLived.start();
        Databases.awaitConnection(shortLived);
        var told = new ArrayList<AssignmentOutcome>();
        try (var routing = StickyAssignment.inStore(
                new JdbcAssignmentStore(shortLived, Duration.ofHours(1), System::nanoTime),
                Duration.ofHours(1),
                System::nanoTime,
                told::add)) {
            var known = AssignmentKey.of("o/r", "ci", "known");
            var assignment = new Assignment(1, 11);
            routing.assign(known, null, assignment);
            shortLived.close();
            assertThat(routing.find(known)).isEqualTo(new Held.By(assignment));
            assertThat(routing.find(AssignmentKey.of("o/r", "ci", "new"))).isEqualTo(new Held.Unknown());
            assertThat(routing.assign(known, assignment, assignment)).isEqualTo(assignment);
            assertThat(told).containsExactly(AssignmentOutcome.UNSTORED);
        }
    }
}
