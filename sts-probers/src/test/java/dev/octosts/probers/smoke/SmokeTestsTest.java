package dev.octosts.probers.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.GitHubClient;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that is both the token service and GitHub, and knows which tokens live. */
class SmokeTestsTest {

    private static final RetryBudget ONCE = RetryBudget.once(Duration.ofSeconds(20));

    private final Map<String, Reply> gitHub = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final TreeSet<String> live = new TreeSet<>();
    private final LoopbackServer server = LoopbackServer.start(this::answer, 0, null);
    private final Network network =
            new Network(new Network.NetworkSettings("octo-sts-test/1", Optional.empty(), Optional.empty()));
    private int minted;
    private int identityTokens;

    @AfterEach
    void close() {
        network.close();
        server.close();
    }

    private synchronized Answer answer(Request request) {
        var bearer = request.header("authorization").orElse("").replace("Bearer ", "");
        calls.add(request + " " + new String(request.body(), StandardCharsets.UTF_8));
        return switch (request.path()) {
            case "/sts/exchange" -> exchange(request.parameter("identity").orElse(""));
            case "/installation/token" -> live.remove(bearer) ? Reply.empty(204) : Reply.empty(401);
            default -> live.contains(bearer) ? reply(request) : Reply.json(401, "{}");
        };
    }

    private Reply exchange(String identity) {
        if (!identity.equals("smoke")) {
            return Reply.json(404, "{\"code\":5,\"message\":\"unable to find trust policy for \\\"nope\\\"\"}")
                    .with("X-Request-Id", "3f2a");
        }
        var token = "ghs_" + ++minted;
        live.add(token);
        return Reply.json(200, "{\"token\":\"" + token + "\",\"expiry\":null}");
    }

    private Reply reply(Request request) {
        return gitHub.getOrDefault(request.method() + " " + request.path(), Reply.json(404, "{}"));
    }

    private SmokeTests.Report run(String tests) throws InterruptedException {
        var suite = ((SmokeFile.Outcome.Sound) SmokeFile.read("domain: sts.example.com\ntests:\n" + tests)).suite();
        var address = ServiceAddress.of("http://127.0.0.1:" + server.port());
        var services = new SmokeTests.Services(
                audience -> {
                    assertThat(audience).isEqualTo("sts.example.com");
                    identityTokens++;
                    return new Result.Obtained(new IdentityToken("e30.e30.c2ln"));
                },
                new StsClient(address, network, ONCE),
                new GitHubClient(address, network, ONCE),
                new TokenRevoker(address, network, ONCE));
        var report = new SmokeTests(services, suite.domain()).run(suite, _ -> {});
        assertThat(live).as("live tokens").isEmpty();
        return report;
    }

    private static List<String> faults(SmokeTests.Report report) {
        return report.results().stream()
                .flatMap(result -> result.faults().stream())
                .toList();
    }

    @Test
    void passes_when_the_token_reads_what_it_should() throws Exception {
        gitHub.put("GET /repos/o/r/contents/docs/a%20b.md", Reply.json(200, "{}"));
        gitHub.put("GET /repos/o/r/issues", Reply.json(200, "[]"));
        gitHub.put("GET /repos/o/r/pulls", Reply.json(200, "[]"));
        var report = run("""
                - name: reads
                  scope: o/r
                  identity: smoke
                  verify:
                    contents_read: {org: o, repo: r, path: /docs/a b.md}
                    issues_read: {org: o, repo: r}
                    pull_requests_read: {org: o, repo: r}
                """);
        assertThat(report.isPassed()).as("%s", faults(report)).isTrue();
    }

    @Test
    void goes_on_after_a_failure_and_tells_each() throws Exception {
        var report = run("""
                - {name: unreadable, scope: o/r, identity: smoke, verify: {issues_read: {org: o, repo: r}}}
                - {name: refused, scope: o/r, identity: nope}
                - {name: granted, scope: o/r, identity: smoke, expect_failure: true}
                - {name: another error, scope: o/r, identity: nope, expect_failure: true, expected_error: PermissionDenied}
                - {name: the error, scope: o/r, identity: nope, expect_failure: true, expected_error: code = NotFound desc = un}
                - {name: any error, scope: o/r, identity: nope, expect_failure: true}
                """);
        assertThat(report.results())
                .extracting(SmokeTests.Report.Result::isPassed)
                .containsExactly(false, false, false, false, true, true);
        assertThat(faults(report))
                .containsExactly(
                        "issues_read of o/r: GitHub answered HTTP 404",
                        "exchange failed: rpc error: code = NotFound desc = unable to find trust policy for \"nope\""
                                + " (request 3f2a)",
                        "expected the exchange to fail, but it gave a token",
                        "expected an error with 'PermissionDenied', got: rpc error: code = NotFound desc = unable to"
                                + " find trust policy for \"nope\" (request 3f2a)");
    }

    @Test
    void updates_one_check_run_with_every_token_of_a_sticky_test() throws Exception {
        gitHub.put("GET /repos/o/r/branches/main", Reply.json(200, "{\"commit\":{\"sha\":\"abc\"}}"));
        gitHub.put("POST /repos/o/r/check-runs", Reply.json(201, "{\"id\":77}"));
        gitHub.put("PATCH /repos/o/r/check-runs/77", Reply.json(200, "{}"));
        var report = run("- {name: sticky, scope: o/r, identity: smoke, sticky_repeat: 3}\n");
        assertThat(report.isPassed()).as("%s", faults(report)).isTrue();
        assertThat(identityTokens).isEqualTo(3);
        assertThat(calls.stream().filter(call -> call.startsWith("POST")))
                .singleElement()
                .satisfies(call ->
                        assertThat(call).contains("octo-sts-sticky-routing-test", "\"head_sha\":\"abc\"", "neutral"));
        assertThat(calls.stream().filter(call -> call.startsWith("PATCH"))).hasSize(2);
    }

    @Test
    void says_when_another_app_gave_a_token() throws Exception {
        gitHub.put("GET /repos/o/r/branches/main", Reply.json(200, "{\"commit\":{\"sha\":\"abc\"}}"));
        gitHub.put("POST /repos/o/r/check-runs", Reply.json(201, "{\"id\":77}"));
        gitHub.put("PATCH /repos/o/r/check-runs/77", Reply.json(403, "{}"));
        assertThat(faults(run("- {name: sticky, scope: o/r, identity: smoke, sticky_repeat: 5}\n")))
                .containsExactly(
                        "token 2 of 5 may not update the check run of the first, so another App gave it: GitHub"
                                + " answered HTTP 403");
    }

    @Test
    void reports_in_json_and_for_junit() throws Exception {
        var report = run("""
                - {name: "a < b \\u0007", scope: o/r, identity: nope}
                - {name: fine, scope: o/r, identity: smoke}
                """);
        assertThat(SmokeText.json(report))
                .contains("\"passed\":false", "\"request_id\":\"3f2a\"}", "\"name\":\"fine\",\"passed\":true")
                .endsWith("\"faults\":[]}]}");
        assertThat(SmokeText.junit(report))
                .contains("tests=\"2\" failures=\"1\"", "name=\"a &lt; b  \"", "<failure message=\"exchange failed");
        assertThat(SmokeText.summary(report)).isEqualTo("2 tests of sts.example.com, 1 failed");
    }
}
