package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Decision.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    @Test
    void one_policy_serves_many_threads_at_once() throws InterruptedException, ExecutionException {
        // One pattern that a table matches and one that RE2/J does.
        TrustPolicy policy =
                Policies.valid(Policies.ACCEPTED + "claim_pattern: {ref: 'refs/.*', name: '(?i)[a-z]+'}\n");
        var wrong = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 16; thread++) {
                int number = thread;
                wrong.add(threads.submit(() -> countWrong(policy, number)));
            }
        }
        for (Future<Integer> each : wrong) {
            assertThat(each.get()).isZero();
        }
    }

    private static int countWrong(TrustPolicy policy, int thread) {
        int wrong = 0;
        for (int i = 0; i < 5_000; i++) {
            boolean good = (i + thread) % 3 != 0;
            Claims claims = Policies.token(Map.of("ref", good ? "refs/" + i : "ref/" + i, "name", "Name"));
            boolean permitted = policy.evaluate(claims, Policies.DOMAIN) instanceof Permit;
            wrong += permitted == good ? 0 : 1;
        }
        return wrong;
    }

    @Test
    void threads_that_read_the_same_file_get_equal_policies() {
        List<PolicyDocument> documents = List.of(1, 2, 3, 4).parallelStream()
                .map(i -> Policies.valid(Policies.ACCEPTED).document())
                .toList();

        assertThat(documents).hasSize(4).containsOnly(documents.getFirst());
    }
}
