package dev.octosts.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.bench.AuditCostResults.Turn;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditCostResultsTest {

    private static Turn turn(int connections, double p50, double cpu) {
        return new Turn(connections, 1_000, 0, 500, p50, 9, cpu);
    }

    /** The second turn is one in which the machine did something else, too: it falls on both. */
    private final AuditCostResults results = new AuditCostResults(
            "durable",
            List.of(1, 16),
            List.of(
                    turn(1, 1, 100),
                    turn(16, 2, 100),
                    turn(1, 5, 300),
                    turn(16, 9, 300),
                    turn(1, 1, 100),
                    turn(16, 2, 110)),
            List.of(
                    turn(1, 2, 103),
                    turn(16, 3, 104),
                    turn(1, 6, 303),
                    turn(16, 10.5, 304),
                    turn(1, 2, 103),
                    turn(16, 3, 114)),
            Optional.empty());

    @Test
    void the_differences_are_medians_of_neighbours_at_each_number_of_connections() {
        var at16 = results.compared(16);

        assertThat(at16.get(1).what()).isEqualTo("latency, p50 (ms)");
        assertThat(at16.get(1).off()).isEqualTo(2);
        assertThat(at16.get(1).on()).isEqualTo(3);
        assertThat(at16.get(1).more()).isEqualTo(1);
        assertThat(results.compared(1).get(3).percent()).isEqualTo(3);
        assertThat(results.json()).contains("\"audit\": \"durable\"", "\"difference\": 1");
    }

    @Test
    void a_median_is_between_two_in_the_middle() {
        assertThat(AuditCostResults.median(3, 1, 2)).isEqualTo(2);
        assertThat(AuditCostResults.median(4, 1, 2, 3)).isEqualTo(2.5);
    }
}
