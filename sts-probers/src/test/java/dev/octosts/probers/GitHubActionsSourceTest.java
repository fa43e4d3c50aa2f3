package dev.octosts.probers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.probers.IdentityTokenSource.Result.Missing;
import dev.octosts.probers.IdentityTokenSource.Result.Obtained;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubActionsSourceTest {

    private static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    private static final Reply GIVEN = Reply.json(200, "{\"count\":1,\"value\":\"e30.e30.c2ln\"}");

    private final Network network = FakeService.network(new FakeTiming());

    @AfterEach
    void close() {
        network.close();
    }

    private Result obtain(Map<String, String> environment) throws InterruptedException {
        return IdentityTokenSource.ofGitHubActions(environment, network, RetryBudget.of(Duration.ofSeconds(20)))
                .obtain("sts.example/a b");
    }

    private Result obtain(Answer... answers) throws InterruptedException {
        try (var runner = new FakeService(answers)) {
            return obtain(Map.of(URL, runner.url() + "/token?api-version=2.0", TOKEN, "cnVubmVy"));
        }
    }

    @Test
    void asks_the_runner_for_the_audience() throws Exception {
        try (var runner = new FakeService(GIVEN)) {
            var obtained = obtain(Map.of(URL, runner.url() + "/token?api-version=2.0", TOKEN, "cnVubmVy"));
            assertThat(obtained).isEqualTo(new Obtained(new IdentityToken("e30.e30.c2ln")));
            var request = runner.requests().getFirst();
            assertThat(request).hasToString("GET /token");
            assertThat(request.parameter("api-version")).contains("2.0");
            assertThat(request.parameter("audience")).contains("sts.example/a b");
            assertThat(request.header("authorization")).contains("Bearer cnVubmVy");
        }
    }

    @Test
    void asks_again_when_github_is_busy() throws Exception {
        assertThat(obtain(Reply.empty(503), GIVEN)).isInstanceOf(Obtained.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {URL, TOKEN})
    void names_what_the_job_lacks(String name) throws Exception {
        var environment = name.equals(URL) ? Map.of(TOKEN, "x") : Map.of(URL, "https://runner.example/");
        assertThat(obtain(environment))
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> assertThat(missing.reason())
                                .contains(name + " is not set", "permissions: id-token: write"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://runner.example/", "token", "https://a b/", "file:///etc/passwd", "https:x"})
    void sends_its_secret_nowhere_else(String url) throws Exception {
        assertThat(obtain(Map.of(URL, url, TOKEN, "x"))).isEqualTo(new Missing(URL + " is not an https address"));
    }

    @Test
    void does_not_send_a_secret_that_is_none() throws Exception {
        assertThat(obtain(Map.of(URL, "https://runner.example/", TOKEN, "a\r\nb")))
                .isEqualTo(new Missing(TOKEN + " is not a token"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, '', gave no token: HTTP 401",
        "302, '', gave no token: HTTP 302",
        "200, '', answered without a token",
        "200, {}, answered without a token",
        "200, '{\"value\":1}', answered without a token",
        "200, '{\"value\":\"a b\"}', characters that no token has",
    })
    void says_what_came_instead(int status, String body, String reason) throws Exception {
        assertThat(obtain(Reply.json(status, body)))
                .isInstanceOfSatisfying(
                        Missing.class, missing -> assertThat(missing.reason()).contains(reason));
    }

    @Test
    void says_when_nobody_answers() throws Exception {
        assertThat(obtain(new Answer.Reset()))
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> assertThat(missing.reason()).contains("gave no token: the connection to"));
    }
}
