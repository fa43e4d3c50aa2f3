package dev.octosts.app.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the action does and says when there is no token. */
class ActionFailureTest extends ActionTest {

    @Test
    void a_refusal_fails_the_step_and_is_not_tried_again() {
        exchangeAnswers(refusal(403, 7, "token does not match trust policy").with("X-Request-Id", "request-2"));

        var result = step().run("main.mjs");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.outputs())
                .containsEntry("error-code", "permission_denied")
                .containsEntry("error-message", "token does not match trust policy")
                .containsEntry("request-id", "request-2")
                .doesNotContainKey("token");
        assertThat(result.state()).isEmpty();
        assertThat(result.printed())
                .contains("::error title=Octo-STS%3A permission_denied::token does not match trust policy "
                        + "(request request-2)");
        assertThat(requests("/sts/exchange")).hasSize(1);
    }

    @Test
    void too_many_requests_are_not_tried_again_and_the_message_says_when_to() {
        exchangeAnswers(refusal(429, 8, "too many requests").with("Retry-After", "30"));

        var result = step().run("main.mjs");

        assertThat(result.output("error-code")).isEqualTo("resource_exhausted");
        assertThat(result.output("error-message")).isEqualTo("too many requests; try again after 30 s");
        assertThat(requests("/sts/exchange")).hasSize(1);
    }

    static Stream<Arguments> what_may_go_well_later() {
        return Stream.of(
                Arguments.of("503", refusal(503, 14, "busy")),
                Arguments.of("500", refusal(500, 13, "internal error")),
                Arguments.of("502 of a proxy", Reply.of(502, "text/html", "<html>".getBytes(StandardCharsets.UTF_8))),
                Arguments.of("a closed connection", new Answer.Reset()),
                Arguments.of("a broken answer", new Answer.Truncated(GRANTED, 5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_may_go_well_later(String what, Answer answer) {
        exchangeAnswers(answer, GRANTED);

        var result = step().run("main.mjs");

        assertThat(result.output("token")).as(result.printed()).isEqualTo(TOKEN);
        assertThat(requests("/sts/exchange")).hasSizeBetween(2, 3);
    }

    @Test
    void waits_as_long_as_the_service_asks_for() {
        exchangeAnswers(refusal(503, 14, "busy").with("Retry-After", "2"), GRANTED);

        long begin = System.nanoTime();
        var result = step().run("main.mjs");

        assertThat(result.output("token")).isEqualTo(TOKEN);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void does_not_wait_when_the_service_asks_for_more_time_than_there_is() {
        exchangeAnswers(refusal(503, 14, "busy").with("Retry-After", "600"));

        var result = step().run("main.mjs");

        assertThat(result.output("error-code")).isEqualTo("unavailable");
        assertThat(requests("/sts/exchange")).hasSize(1);
    }

    @Test
    void ends_in_time_when_nobody_answers() {
        exchangeAnswers(new Answer.Hang());

        long begin = System.nanoTime();
        var result = step().input("timeout", "2").run("main.mjs");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output("error-code")).isEqualTo("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void says_that_nobody_listens() throws IOException {
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        var result = step().input("url", "http://127.0.0.1:" + port)
                .input("timeout", "1")
                .run("main.mjs");

        assertThat(result.output("error-code")).isEqualTo("network");
        assertThat(result.output("error-message")).contains("127.0.0.1:" + port + " cannot be reached", "ECONNREFUSED");
    }

    @ParameterizedTest
    @CsvSource({"ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"})
    void says_which_permission_the_job_lacks(String variable) {
        var result = step().without(variable).run("main.mjs");

        assertThat(result.output("error-code")).isEqualTo("no_id_token");
        assertThat(result.output("error-message")).contains("permissions: id-token: write");
    }

    @Test
    void says_that_github_actions_gave_no_token() {
        actions = Reply.empty(401);

        var result = step().run("main.mjs");

        assertThat(result.output("error-code")).isEqualTo("no_id_token");
        assertThat(result.output("error-message")).isEqualTo("GitHub Actions gave no OIDC token: HTTP 401");
    }

    @ParameterizedTest
    @CsvSource({
        "SCOPE, '', the input scope is missing",
        "IDENTITY, '', the input identity is missing",
        "URL, '', give the input domain (such as sts.example.com) or url",
        "URL, 'https://', url is not an address: https://",
        "URL, http://sts.example.com, 'the service''s address must begin with https://'",
        "URL, https://user:secret@sts.example.com, 'must have no user, query or fragment'",
        "URL, https://sts.example.com?a=b, 'must have no user, query or fragment'",
        "TIMEOUT, 0, 'the input timeout is a number of seconds from 1 to 300, not 0'",
        "TIMEOUT, 1e9, 'the input timeout is a number of seconds from 1 to 300, not 1e9'",
        "EXPLAIN, yes, 'the input explain is true or false, not yes'",
    })
    void says_what_is_wrong_with_an_input(String input, String value, String message) {
        var result = step().variable("INPUT_" + input, value).run("main.mjs");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output("error-code")).isEqualTo("invalid_input");
        assertThat(result.output("error-message")).contains(message);
        assertThat(requests("/sts/exchange")).isEmpty();
    }

    static Stream<Arguments> answers_of_something_else() {
        return Stream.of(
                Arguments.of(
                        "a page",
                        Reply.of(200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)),
                        "an answer without a token"),
                Arguments.of("no token", Reply.json(200, "{\"token\":null}"), "an answer without a token"),
                Arguments.of("a list", Reply.json(200, "[]"), "an answer without a token"),
                Arguments.of("404", Reply.empty(404), "HTTP 404"),
                Arguments.of(
                        "a redirect",
                        Reply.empty(302).with("Location", "http://127.0.0.1:1/"),
                        "HTTP 302, a redirect, which is not followed"),
                Arguments.of(
                        "too much",
                        Reply.json(200, "\"" + "x".repeat(2 * 1024 * 1024) + "\""),
                        "the answer is larger than 1 MiB"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void answers_of_something_else(String what, Answer answer, String message) {
        exchangeAnswers(answer);

        var result = step().run("main.mjs");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output("error-code")).isEqualTo("invalid_answer");
        assertThat(result.output("error-message")).contains(message);
        assertThat(requests("/sts/exchange")).hasSize(1);
    }

    @Test
    void a_message_cannot_be_a_command_or_another_output() {
        exchangeAnswers(refusal(403, 7, "no\\r\\n::set-env name=PATH::/tmp\\ntoken<<x\\u001b[2J"));

        var result = step().run("main.mjs");

        assertThat(result.printed().lines()).noneMatch(line -> line.startsWith("::set-env"));
        assertThat(result.printed()).doesNotContain("\u001b");
        assertThat(result.outputs().keySet()).containsExactlyInAnyOrder("error-code", "error-message", "request-id");
    }

    @Test
    void explains_a_refusal_in_the_job_summary() {
        exchangeAnswers(refusal(403, 7, "trust policy: subject did not match"));
        explanation = Reply.json(200, """
                {"accepted": false, "summary": "from character 3 on, <b>|x</b>",
                 "rules": [{"key": "issuer", "satisfied": true, "required": "https://i", "presented": ["https://i"]},
                           {"key": "subject", "satisfied": false, "required": "a`b", "presented": ["c\\nd"]}],
                 "change": ["subject: c"]}""");

        var result = step().input("explain", "true").run("main.mjs");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.summary())
                .contains("trust policy: subject did not match")
                .contains("from character 3 on, &lt;b&gt;&#124;x&lt;/b&gt;")
                .contains("| <code>subject</code> | ❌ | <code>a`b</code> | <code>c d</code> |")
                .contains("<pre>subject: c</pre>");
        assertThat(requests("/sts/explain").getFirst().header("authorization")).contains("Bearer " + ID_TOKEN);
    }

    @Test
    void a_refusal_is_in_the_summary_also_when_nothing_explains_it() {
        exchangeAnswers(refusal(404, 5, "unable to find trust policy"));
        explanation = refusal(404, 5, "unable to find trust policy");

        var result = step().input("explain", "true").run("main.mjs");

        assertThat(result.summary()).contains("unable to find trust policy").doesNotContain("rule");
    }

    @Test
    void explains_nothing_unless_asked() {
        exchangeAnswers(refusal(403, 7, "no"));

        var result = step().run("main.mjs");

        assertThat(result.summary()).isEmpty();
        assertThat(requests("/sts/explain")).isEmpty();
    }
}
