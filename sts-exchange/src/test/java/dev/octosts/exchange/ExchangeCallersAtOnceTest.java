package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many calls many callers at once cost together. */
@Timeout(60)
class ExchangeCallersAtOnceTest {

    private final ExchangeFixture world = new ExchangeFixture();

    @BeforeEach
    void put() {
        world.put(world.policy());
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** What so many callers got who did the same at once. */
    private static List<ExchangeResult> atOnce(int number, Callable<ExchangeResult> call) throws Exception {
        var results = new ArrayList<ExchangeResult>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer :
                    callers.invokeAll(Stream.generate(() -> call).limit(number).toList())) {
                results.add(answer.get());
            }
        }
        return results;
    }

    /** Where the service is busy, a caller comes back, as it is asked to do. */
    private ExchangeResult patiently(String bearer) {
        var result = new AtomicReference<ExchangeResult>();
        Await.until("an answer other than that the service is busy", Duration.ofSeconds(50), () -> {
            result.set(world.exchange(bearer, world.scope(), IDENTITY));
            return !(result.get() instanceof ExchangeResult.Refused(var problem)
                    && problem.message().equals("the service is busy; try again in a moment"));
        });
        return result.get();
    }

    @Test
    void many_callers_of_a_cold_policy_cost_one_look_and_one_mint_each() throws Exception {
        for (var result : atOnce(30, world::exchange)) {
            world.granted(result);
        }
        assertThat(world.gitHub().log().count(CallKind.FIND_INSTALLATION)).isOne();
        assertThat(world.gitHub().log().of(CallKind.CONTENT))
                .flatExtracting(Call::files)
                .containsExactlyInAnyOrder(
                        DemoWorld.policyFile(IDENTITY), ExchangeFixture.TRUSTED_ISSUERS, ExchangeFixture.GUARDRAILS);
        assertThat(world.gitHub().log().count(CallKind.MINT)).isEqualTo(32);
    }

    /** The policy refuses them, so that they are all there at once and not as fast as tokens are minted. */
    @Test
    void a_thousand_callers_on_cold_caches_cost_one_look_up_and_one_read_of_each_file() throws Exception {
        world.trust("issuers: [%s]\n".formatted(world.issuer().url())).guard("self_rewrite: deny\n");
        String bearer = world.token().subject("another").sign();
        for (var result : atOnce(1_000, () -> world.exchange(bearer, world.scope(), IDENTITY))) {
            assertThat(ExchangeFixture.refused(result).message()).startsWith("trust policy: subject");
        }
        assertThat(world.gitHub().calls())
                .containsExactlyInAnyOrder(
                        CallKind.FIND_INSTALLATION, CallKind.MINT, CallKind.MINT, CallKind.CONTENT, CallKind.CONTENT);
        assertThat(world.gitHub().log().of(CallKind.CONTENT))
                .flatExtracting(Call::files)
                .containsExactlyInAnyOrder(
                        DemoWorld.policyFile(IDENTITY), ExchangeFixture.TRUSTED_ISSUERS, ExchangeFixture.GUARDRAILS);
        assertThat(world.issuerCalls()).isEqualTo(2);
    }

    /** There is room for 40 lookups of unknown policies by callers that the account does not know. */
    @Test
    void callers_who_wait_for_the_same_policy_cost_one_lookup_together() throws Exception {
        world.gitHub().server().fault(kind(CallKind.CONTENT), Faults.delay(Duration.ofMillis(500)));
        String bearer = world.token().sign();
        for (var result : atOnce(120, () -> world.exchange(bearer, world.scope(), IDENTITY))) {
            world.granted(result);
        }
    }

    @Test
    void a_thousand_callers_at_once_get_a_token_each() throws Exception {
        String bearer = world.token().sign();
        for (var result : atOnce(1_000, () -> patiently(bearer))) {
            world.granted(result);
        }
        assertThat(world.gitHub().calls())
                .filteredOn(CallKind.FIND_INSTALLATION::equals)
                .hasSize(1);
        assertThat(world.gitHub().calls()).filteredOn(CallKind.CONTENT::equals).hasSize(2);
    }
}
