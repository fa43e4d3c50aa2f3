package dev.octosts.sandbox.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.client.HttpAnswer;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.client.HttpConnection;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import dev.octosts.sandbox.process.ServerProcess;
import dev.octosts.sandbox.trial.HostileIssuers.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tenant and the callers of attacks, in front of a server that answers what a test wants. */
class TrialPartsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AtomicInteger calls = new AtomicInteger();
    private volatile Answer exchange = Reply.json(200, "{\"token\":\"x\"}");
    private volatile Answer health = Reply.json(200, "{}");
    private final LoopbackServer server = LoopbackServer.start(this::answer, 0, null);
    private final URI service = URI.create("http://localhost:" + server.port());

    private Answer answer(Request request) {
        calls.incrementAndGet();
        return request.path().equals("/health/live") ? health : exchange;
    }

    @AfterEach
    void close() {
        server.close();
    }

    private QuietTenant tenant() {
        var request = HttpCall.get(service.resolve("/sts/exchange"), "token").bytes();
        return QuietTenant.begin(service, new ServerProcess(ProcessHandle.current()), () -> request, PATIENCE);
    }

    @Test
    void the_quiet_tenant_measures_what_is_granted() throws InterruptedException {
        try (var tenant = tenant()) {
            var sample = tenant.next();
            Await.until("ten exchanges", () -> sample.exchanges() >= 10);
            tenant.end(sample);
            assertThat(sample.failures() + sample.healthFailures()).isZero();
            assertThat(sample.latency(50)).isPositive();
        }
    }

    @Test
    void the_quiet_tenant_counts_what_fails() throws InterruptedException {
        exchange = Reply.json(503, "{\"message\":\"busy\"}");
        health = new Answer.Reset();
        try (var tenant = tenant()) {
            var sample = tenant.next();
            Await.until(
                    "five failures and one of the health check",
                    () -> sample.failures() >= 5 && sample.healthFailures() >= 1);
            assertThat(tenant.end(sample).firstFailure()).isPresent();
        }
    }

    @Test
    void the_quiet_tenant_counts_what_is_not_answered() throws InterruptedException {
        exchange = new Answer.Hang();
        try (var tenant = tenant()) {
            var sample = tenant.next();
            Await.until("ten calls", () -> calls.get() >= 10);
            assertThat(tenant.end(sample).failures()).isPositive();
            assertThat(sample.latency(50)).isZero();
        }
    }

    @Test
    void the_callers_of_an_attack_go_on_whatever_they_meet_and_end_at_once() throws InterruptedException {
        exchange = new Answer.Reset();
        var request = HttpCall.get(service.resolve("/sts/exchange"), "token").bytes();
        try (var attackers = Attackers.begin(service, Attack.Prepared.of(caller -> caller.call(request)), 3)) {
            Await.until("nine steps", () -> attackers.steps() >= 9);
        }
        exchange = new Answer.Hang();
        try (var attackers = Attackers.begin(
                service, Attack.Prepared.of(caller -> caller.call(request)).callers(2), 3)) {
            Await.until("six steps", () -> attackers.steps() == 6);
        }
    }

    @Test
    void every_kind_of_waiting_caller_ends_with_the_attack() throws InterruptedException {
        var page = HttpCall.get(service.resolve("/page"), "").bytes();
        for (Attack.Step step : new Attack.Step[] {
            caller -> caller.drip("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII), (byte) 'x'),
            caller -> caller.idle(5),
            caller -> caller.neverRead(page)
        }) {
            try (var attackers = Attackers.begin(service, Attack.Prepared.of(step), 2)) {
                Await.until("two steps", () -> attackers.steps() >= 2);
            }
        }
    }

    @Test
    void hostile_issuers_publish_what_they_are_named_for() throws IOException {
        try (var issuers = new HostileIssuers()) {
            for (var kind : new Kind[] {Kind.P521, Kind.RSA4096, Kind.LARGE}) {
                var issuer = issuers.issuer(kind);
                var discovery = get(issuer + "/.well-known/openid-configuration");
                assertThat(discovery.json().getString("issuer")).isEqualTo(issuer);
                var keys = get(discovery.json().getString("jwks_uri"));
                assertThat(keys.json().getJsonArray("keys")).hasSizeGreaterThanOrEqualTo(100);
                assertThat(keys.text().length()).as("%s", kind).isLessThan(100 * 1024);
            }
            var pointing = get(issuers.issuer(Kind.POINTING) + "/.well-known/openid-configuration");
            get(pointing.json().getString("jwks_uri"));
            assertThat(issuers.thirdPartyCalls()).isOne();
        }
    }

    private static HttpAnswer get(String address) throws IOException {
        return HttpConnection.call(HttpCall.get(URI.create(address), ""), null);
    }

    @Test
    void attacks_have_names_of_their_own() {
        assertThat(Attacks.ALL)
                .extracting(Attack::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]+"));
    }
}
