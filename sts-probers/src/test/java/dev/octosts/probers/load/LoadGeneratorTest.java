package dev.octosts.probers.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.StsClient;
import dev.octosts.probers.TokenRevoker;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadGeneratorTest {

    private static final RetryBudget ONCE = RetryBudget.once(Duration.ofSeconds(30));

    private final AtomicInteger exchanges = new AtomicInteger();
    private final AtomicInteger revocations = new AtomicInteger();

    private LoadReport run(LoadPlan plan, IntFunction<Answer> answer) throws InterruptedException {
        var settings = new Network.NetworkSettings("octo-sts-test/1", Optional.empty(), Optional.empty());
        try (var server = LoopbackServer.start(request -> answer(request, answer), 0, null);
                var network = new Network(settings)) {
            var address = ServiceAddress.of("http://127.0.0.1:" + server.port());
            return LoadGenerator.run(
                    new LoadGenerator.Subject(
                            new StsClient(address, network, ONCE),
                            new TokenRevoker(address, network, ONCE),
                            _ -> new Result.Obtained(new IdentityToken("e30.e30.c2ln")),
                            "a",
                            "o/r",
                            "i"),
                    plan,
                    _ -> {});
        }
    }

    private Answer answer(Request request, IntFunction<Answer> exchange) {
        if (request.method().equals("DELETE")) {
            revocations.incrementAndGet();
            return Reply.empty(204);
        }
        return exchange.apply(exchanges.incrementAndGet());
    }

    private static Answer granted(int number) {
        return Reply.json(200, "{\"token\":\"ghs_" + number + "\"}");
    }

    @Test
    void makes_as_many_exchanges_as_planned_and_gives_every_token_back() throws Exception {
        var report = run(new LoadPlan(50, Duration.ofSeconds(1), 8), LoadGeneratorTest::granted);
        assertThat(report.granted()).isEqualTo(50);
        assertThat(report.failed()).isZero();
        assertThat(exchanges).hasValue(50);
        assertThat(revocations).hasValue(50);
    }

    /** One stall of 1 s, one caller, 20 a second: a closed loop would have one late answer of 21. */
    @Test
    void counts_the_waiting_of_those_who_were_due_during_a_stall() throws Exception {
        var report = run(
                new LoadPlan(20, Duration.ofSeconds(1), 1),
                number -> number == 1 ? new Answer.Delayed(Duration.ofSeconds(1), granted(number)) : granted(number));
        assertThat(report.granted()).isEqualTo(20);
        assertThat(report.percentile(50)).isGreaterThan(Duration.ofMillis(400));
        assertThat(report.late()).isGreaterThanOrEqualTo(15);
    }

    @Test
    void counts_errors_by_their_kind() throws Exception {
        var report = run(
                new LoadPlan(20, Duration.ofSeconds(1), 4),
                number -> number % 2 == 0 ? granted(number) : Reply.json(403, "{\"code\":7,\"message\":\"no\"}"));
        assertThat(report.errorRate()).isEqualTo(0.5);
        assertThat(report.lines()).contains("10  rpc error: code = PermissionDenied desc = no", "p99.9", "max");
        assertThat(report.json().getJsonObject("errors").getInt("rpc error: code = PermissionDenied desc = no"))
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "-1, 1, 1", "NaN, 1, 1", "1e9, 1, 1", "1, 0, 1", "1, 100000, 1", "1, 1, 0", "1, 1, 10001"})
    void refuses_plans_out_of_range(double rate, long seconds, int concurrency) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoadPlan(rate, Duration.ofSeconds(seconds), concurrency));
    }
}
