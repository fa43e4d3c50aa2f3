package dev.octosts.probers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ProblemCode;
import dev.octosts.probers.ExchangeAnswer.Refused;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.ExchangeAnswer.Unreachable;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StsClientTest {

    private static final IdentityToken IDENTITY = new IdentityToken("e30.e30.c2ln");
    private static final RetryBudget PATIENCE = RetryBudget.of(Duration.ofSeconds(20));

    private final Network network = FakeService.network(new FakeTiming());

    @AfterEach
    void close() {
        network.close();
    }

    private ExchangeAnswer exchange(FakeService service) throws InterruptedException {
        return new StsClient(service.address(), network, PATIENCE)
                .exchange(IDENTITY, "octo-org/octo-repo", "a/b+c&d=é");
    }

    private ExchangeAnswer exchange(Answer answer) throws InterruptedException {
        try (var service = new FakeService(answer)) {
            return exchange(service);
        }
    }

    @Test
    void asks_for_a_part_of_the_grant_when_it_is_told_to() throws Exception {
        try (var service = new FakeService(FakeService.token("ghs_x"))) {
            new StsClient(service.address(), network, PATIENCE)
                    .exchange(IDENTITY, "o/r", "ci", Map.of("permissions", "contents:read,issues:write"));
            exchange(service);
            assertThat(service.requests().getFirst().parameter("permissions")).contains("contents:read,issues:write");
            assertThat(service.requests().getLast().parameter("permissions")).isEmpty();
        }
    }

    @Test
    void asks_with_the_bearer_and_encoded_parameters() throws Exception {
        try (var service = new FakeService(FakeService.token("ghs_x"))) {
            exchange(service);
            var request = service.requests().getFirst();
            assertThat(request).hasToString("GET /sts/exchange");
            assertThat(request.parameter("scope")).contains("octo-org/octo-repo");
            assertThat(request.parameter("identity")).contains("a/b+c&d=é");
            assertThat(request.header("authorization")).contains("Bearer e30.e30.c2ln");
            assertThat(request.header("user-agent")).contains("octo-sts-test/1");
            assertThat(request.header("upgrade")).isEmpty();
        }
    }

    @Test
    void keeps_the_path_of_a_service_behind_a_prefix() throws Exception {
        try (var service = new FakeService(FakeService.token("ghs_x"))) {
            var client = new StsClient(ServiceAddress.of(service.url() + "/octo/"), network, PATIENCE);
            client.exchange(IDENTITY, "o/r", "i");
            assertThat(service.requests().getFirst()).hasToString("GET /octo/sts/exchange");
        }
    }

    @Test
    void hands_out_the_token_and_does_not_show_it() throws Exception {
        var answer = exchange(FakeService.token("ghs_secret"));
        assertThat(answer).isEqualTo(new Token("ghs_secret", Optional.of(Instant.parse("2026-01-01T01:00:00Z"))));
        assertThat(answer.toString()).doesNotContain("ghs_secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null                           | ",
                "\"soon\"                       | ",
                "12                             | ",
                "\"2026-01-01T01:00:00.5Z\"     | 2026-01-01T01:00:00.5Z",
                "\"2026-01-01T03:00:00+02:00\"  | 2026-01-01T01:00:00Z",
            })
    void takes_a_token_whatever_its_expiry(String expiry, String expected) throws Exception {
        var answer = exchange(Reply.json(200, "{\"token\":\"ghs_x\",\"expiry\":" + expiry + "}"));
        assertThat(answer)
                .isEqualTo(new Token("ghs_x", Optional.ofNullable(expected).map(Instant::parse)));
    }

    @ParameterizedTest
    @CsvSource({
        "400,  3, InvalidArgument",
        "400,  9, FailedPrecondition",
        "401, 16, Unauthenticated",
        "403,  7, PermissionDenied",
        "404,  5, NotFound",
        "500, 13, Internal",
        "501, 12, Unimplemented",
        "409, 10, Code(10)",
    })
    void takes_a_refusal_as_final(int status, int code, String name) throws Exception {
        try (var service = new FakeService(FakeService.problem(status, code, "no, because"))) {
            assertThat(exchange(service)).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused).isEqualTo(new Refused(code, "no, because", status));
                assertThat(refused.asGrpcError()).isEqualTo("rpc error: code = " + name + " desc = no, because");
                assertThat(refused.isTemporary()).isFalse();
            });
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void knows_every_code_of_the_exchange() {
        for (var code : ProblemCode.values()) {
            assertThat(new Refused(code.number(), "", 400).problem()).contains(code);
        }
    }

    @Test
    void shows_no_control_characters_of_the_service() throws Exception {
        assertThat(exchange(FakeService.problem(403, 7, "a\\u001b[31m\\nb\\u202e")))
                .isEqualTo(new Refused(7, "a [31m b", 403));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3f2a               | (request 3f2a)",
                "A.b_c-0            | (request A.b_c-0)",
                "a b                |",
                "'<script>'         |",
            })
    void passes_on_a_request_id_that_has_the_form_of_one(String header, @Nullable String note) throws Exception {
        assertThat(exchange(FakeService.problem(403, 7, "no").with("X-Request-Id", header)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.requestNote().strip()).isEqualTo(note == null ? "" : note));
    }

    @Test
    void passes_on_no_request_id_that_is_longer_than_128_characters() throws Exception {
        assertThat(exchange(FakeService.problem(403, 7, "no").with("X-Request-Id", "a".repeat(128))))
                .isEqualTo(new Refused(7, "no", 403, Optional.of("a".repeat(128))));
        assertThat(exchange(FakeService.problem(403, 7, "no").with("X-Request-Id", "a".repeat(129))))
                .isEqualTo(new Refused(7, "no", 403));
    }

    static Stream<Arguments> noTokenService() {
        return Stream.of(
                Arguments.of("HTML", Reply.of(200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)), "no token"),
                Arguments.of("an empty answer", Reply.empty(200), "no token"),
                Arguments.of("a list", Reply.json(200, "[]"), "no token"),
                Arguments.of("two objects", Reply.json(200, "{} {}"), "no token"),
                Arguments.of("no token", Reply.json(200, "{}"), "no token"),
                Arguments.of("an empty token", FakeService.token(""), "no token"),
                Arguments.of("a number for a token", Reply.json(200, "{\"token\":1}"), "no token"),
                Arguments.of("a token of two lines", FakeService.token("ghs_a\\nghs_b"), "no token"),
                Arguments.of("nested JSON", Reply.json(200, "{\"a\":" + "[".repeat(100_000)), "no token"),
                Arguments.of("another service's 404", Reply.json(404, "{\"error\":\"x\"}"), "HTTP 404"),
                Arguments.of("a proxy's 403", Reply.of(403, "text/html", new byte[] {60}), "HTTP 403"),
                Arguments.of("no code", Reply.json(403, "{\"message\":\"x\"}"), "HTTP 403"),
                Arguments.of("code 0", Reply.json(403, "{\"code\":0,\"message\":\"x\"}"), "HTTP 403"),
                Arguments.of("a huge code", Reply.json(403, "{\"code\":1e999999999,\"message\":\"\"}"), "HTTP 403"),
                Arguments.of("a broken code", Reply.json(403, "{\"code\":1.5,\"message\":\"\"}"), "HTTP 403"),
                Arguments.of("no message", Reply.json(403, "{\"code\":7}"), "HTTP 403"),
                Arguments.of("an empty 204", Reply.empty(204), "HTTP 204"),
                Arguments.of(
                        "a redirect",
                        Reply.empty(302).with("Location", "https://elsewhere.example/"),
                        "redirects to https://elsewhere.example/"),
                Arguments.of("too much", Reply.json(200, " ".repeat(BoundedBody.LIMIT + 1)), "more than 262144 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noTokenService")
    void says_when_something_else_answers(String name, Answer answer, String reason) throws Exception {
        try (var service = new FakeService(answer)) {
            assertThat(exchange(service))
                    .isInstanceOfSatisfying(
                            Unreachable.class, it -> assertThat(it.reason()).contains(reason));
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void reads_an_answer_that_is_as_large_as_may_be() throws Exception {
        var body = "{\"token\":\"ghs_x\"}";
        assertThat(exchange(Reply.json(200, body + " ".repeat(BoundedBody.LIMIT - body.length()))))
                .isEqualTo(new Token("ghs_x", Optional.empty()));
    }
}
