package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.sandbox.Client;
import jakarta.json.JsonException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultsTest extends GitHubTest {
    private static final String FILE = "/repos/octo-org/octo-repo/contents/README.md";
    private static final String READ = "{\"repositories\":[\"octo-repo\"],\"permissions\":{\"contents\":\"read\"}}";

    private String token = "";

    @BeforeAll
    void mint() {
        token = client.token(installation, "");
    }

    @Test
    void strike_as_often_as_planned_after_those_that_are_let_through() {
        var fault = github.fault(Calls.kind(CallKind.CONTENT), Faults.status(500), 2)
                .skip(1);
        assertThat(client.get(token, FILE).statusCode()).isEqualTo(200);
        assertThat(client.get(token, FILE).statusCode()).isEqualTo(500);
        assertThat(client.get(token, FILE).statusCode()).isEqualTo(500);
        assertThat(client.get(token, FILE).statusCode()).isEqualTo(200);
        assertThat(fault.hits()).isEqualTo(2);
    }

    @Test
    void strike_only_the_calls_that_they_are_for() {
        github.fault(Calls.file("other.txt"), Faults.status(500));
        github.fault(Calls.owner("another-org"), Faults.status(500));
        github.fault(Calls.app(github.app("another-app")), Faults.status(500));
        github.fault(Calls.method("POST").and(Calls.path("/contents/")), Faults.status(500));
        github.fault(Calls.installation(github.install(app, github.organization("third-org"))), Faults.status(500));
        assertThat(client.get(token, FILE).statusCode()).isEqualTo(200);
        github.fault(
                Calls.file("README.md")
                        .and(Calls.owner("OCTO-ORG"))
                        .and(Calls.repository("Octo-Repo"))
                        .and(Calls.app(app))
                        .and(Calls.installation(installation))
                        .and(Calls.path("^/repos/.*/contents/")),
                Faults.status(503));
        assertThat(client.get(token, FILE).statusCode()).isEqualTo(503);
    }

    @Test
    void of_the_primary_limit_have_its_headers() {
        github.fault(Calls.any(), Faults.primaryLimit(429));
        var answer = client.get(token, FILE);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Client.header(answer, "X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(Long.parseLong(Client.header(answer, "X-RateLimit-Reset")))
                .isGreaterThan(sandbox.clock().instant().getEpochSecond() + 50);
    }

    @Test
    void of_a_secondary_limit_keep_the_headers_of_the_primary_one() {
        github.fault(Calls.any(), Faults.secondaryLimit());
        var answer = client.get(token, FILE);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Client.header(answer, "Retry-After")).isEqualTo("60");
        assertThat(Client.header(answer, "X-RateLimit-Remaining")).isNotEqualTo("0");
        assertThat(answer.body()).contains("secondary-rate-limits");
    }

    @Test
    void can_look_like_html_or_like_broken_json() {
        github.fault(Calls.any(), Faults.badGateway(), 1);
        github.fault(Calls.any(), Faults.malformed(), 1);
        github.fault(Calls.any(), Faults.oversize(100_000), 1);
        var html = client.get(token, FILE);
        assertThat(html.statusCode()).isEqualTo(502);
        assertThat(Client.header(html, "Content-Type")).isEqualTo("text/html");
        var malformed = client.get(token, FILE);
        assertThatThrownBy(() -> Client.object(malformed)).isInstanceOf(JsonException.class);
        assertThat(client.get(token, FILE).body()).hasSize(100_002);
    }

    @Test
    void can_close_the_connection() {
        github.fault(Calls.kind(CallKind.CONTENT), Faults.reset(), 2);
        assertThatThrownBy(() -> client.get(token, FILE)).isInstanceOf(UncheckedIOException.class);
        assertThat(client.get(token, FILE).statusCode()).isEqualTo(200);
    }

    @Test
    void can_break_an_answer_off() {
        github.fault(Calls.kind(CallKind.CONTENT), Faults.truncated(20), 2);
        assertThatThrownBy(() -> client.get(token, FILE)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void can_delay_an_answer_or_let_it_drip() {
        github.fault(Calls.any(), Faults.delay(Duration.ofMillis(300)), 1);
        long start = System.nanoTime();
        assertThat(client.get(token, FILE).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
        github.fault(Calls.any(), Faults.drip(Duration.ofMillis(1)), 1);
        assertThat(Client.object(client.get(token, FILE)).getString("type")).isEqualTo("file");
    }

    @Test
    void can_leave_a_call_unanswered_while_others_are_served() {
        github.fault(Calls.file("README.md"), Faults.hang(), 1);
        var hanging = CompletableFuture.supplyAsync(() -> client.get(token, FILE));
        var call = github.calls().await(Calls.file("README.md"), Duration.ofSeconds(10));
        assertThat(client.get(token, "/repos/octo-org/octo-repo").statusCode()).isEqualTo(200);
        assertThat(hanging).isNotDone();
        assertThat(call.status()).isZero();
        hanging.cancel(true);
    }

    @Test
    void can_lose_the_answer_to_a_mint_that_happened() {
        github.fault(Calls.kind(CallKind.MINT), Faults.resetAfterwards(), 2);
        var before = github.liveTokens(Set.of()).size();
        assertThatThrownBy(() -> client.mint(installation, READ)).isInstanceOf(UncheckedIOException.class);
        assertThat(github.liveTokens(Set.of())).hasSizeGreaterThan(before);
    }

    @Test
    void can_grant_more_than_was_asked() {
        github.fault(Calls.readMint(), Faults.granting("administration", Level.WRITE), 1);
        var wider = Client.object(client.mint(installation, READ));
        assertThat(wider.getJsonObject("permissions").getString("administration"))
                .isEqualTo("write");
        assertThat(wider.getJsonObject("permissions").getString("contents")).isEqualTo("read");
        github.fault(Calls.readMint(), Faults.grantingAllRepositories(), 1);
        var all = Client.object(client.mint(installation, READ));
        assertThat(all.getString("repository_selection")).isEqualTo("all");
        assertThat(all.containsKey("repositories")).isFalse();
    }

    @Test
    void can_leave_out_what_would_tell() {
        github.fault(Calls.kind(CallKind.MINT), Faults.without("permissions"), 1);
        assertThat(Client.object(client.mint(installation, READ))).doesNotContainKey("permissions");
        github.fault(Calls.kind(CallKind.MINT), Faults.without("expires_at"), 1);
        assertThat(Client.object(client.mint(installation, READ)))
                .doesNotContainKey("expires_at")
                .containsKey("permissions");
    }

    @Test
    void of_mints_can_be_told_apart_by_their_headers() {
        github.fault(Calls.finalMint(), Faults.unprocessable());
        github.fault(Calls.readMint(), Faults.spammed());
        var refused = client.mint(installation, "{\"permissions\":{\"issues\":\"write\"}}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
        var spammed = client.mint(installation, READ);
        assertThat(spammed.statusCode()).isEqualTo(422);
        assertThat(Client.header(spammed, "Retry-After")).isEqualTo("60");
    }
}
