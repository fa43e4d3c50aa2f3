package dev.octosts.github;

import static dev.octosts.github.fixture.GitHubFixture.REPOSITORY;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.api.GitHubCall;
import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.api.GitHubCall.Quota;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class GitHubTest {

    private static final TokenRequest WANTED = new TokenRequest(Map.of("issues", "write"), List.of(REPOSITORY));

    private final GitHubFixture gitHub = new GitHubFixture();
    private final String owner = gitHub.owner();
    private final Installation known = new Installation(
            gitHub.installation().id(),
            owner,
            gitHub.organization().id(),
            gitHub.app().slug(),
            false);
    private final Route route = new Route(owner, gitHub.caller(), known);

    @AfterEach
    void close() {
        gitHub.close();
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of("HTML instead of JSON", Faults.badGateway(), Reason.UNAVAILABLE),
                Arguments.of("a fault of GitHub's", Faults.status(500), Reason.UNAVAILABLE),
                Arguments.of("503", Faults.status(503), Reason.UNAVAILABLE),
                Arguments.of("something that is no JSON", Faults.malformed(), Reason.UNAVAILABLE),
                Arguments.of("a JSON string", Faults.oversize(10), Reason.UNAVAILABLE),
                Arguments.of("a JSON list", Faults.reply(Reply.json(200, "[1]")), Reason.UNAVAILABLE),
                Arguments.of("an empty object", Faults.reply(Reply.json(200, "{}")), Reason.UNAVAILABLE),
                Arguments.of("deep nesting", Faults.reply(Reply.json(200, "[".repeat(100_000))), Reason.UNAVAILABLE),
                Arguments.of("nothing", Faults.reply(Reply.empty(200)), Reason.UNAVAILABLE),
                Arguments.of("204", Faults.reply(Reply.empty(204)), Reason.UNAVAILABLE),
                Arguments.of("304 to an unconditional question", Faults.reply(Reply.empty(304)), Reason.UNAVAILABLE),
                Arguments.of("more than is read", Faults.oversize(9 * 1024 * 1024), Reason.UNAVAILABLE),
                Arguments.of("half an answer", Faults.truncated(20), Reason.UNAVAILABLE),
                Arguments.of("a reset", Faults.reset(), Reason.UNAVAILABLE),
                Arguments.of("an unknown status", Faults.status(418), Reason.UNAVAILABLE),
                Arguments.of("a bad request", Faults.status(400), Reason.UNAVAILABLE),
                Arguments.of("401", Faults.status(401), Reason.UNAUTHORIZED),
                Arguments.of("a refusal", Faults.forbidden(), Reason.FORBIDDEN),
                Arguments.of("404", Faults.status(404), Reason.NOT_FOUND),
                Arguments.of("422", Faults.unprocessable(), Reason.UNPROCESSABLE),
                Arguments.of("a primary limit", Faults.primaryLimit(), Reason.LIMITED),
                Arguments.of("a secondary limit", Faults.secondaryLimitWithoutRetryAfter(), Reason.LIMITED),
                Arguments.of("429", Faults.tooManyRequests(), Reason.LIMITED),
                Arguments.of("a 422 of an over-used endpoint", Faults.spammed(), Reason.LIMITED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void every_trouble_is_a_value_for_every_call(String name, Fault fault, Reason reason) {
        gitHub.server().fault(call -> true, fault);
        var failure = new Failure<>(reason);
        assertThat(gitHub.client().installation(gitHub.caller(), owner)).isEqualTo(failure);
        assertThat(gitHub.client().mint(route, WANTED)).isEqualTo(failure);
    }

    @ParameterizedTest
    @MethodSource("malformedInstallations")
    void an_installation_without_its_parts_is_malformed(String json) {
        gitHub.server().fault(kind(CallKind.FIND_INSTALLATION), Faults.reply(Reply.json(200, json)));
        assertThat(gitHub.client().installation(gitHub.caller(), owner)).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
    }

    static List<String> malformedInstallations() {
        return List.of(
                "{\"account\":{\"login\":\"octo-org\"}}",
                "{\"id\":\"1\",\"account\":{\"login\":\"octo-org\"}}",
                "{\"id\":1.5,\"account\":{\"login\":\"octo-org\"}}",
                "{\"id\":1e30,\"account\":{\"login\":\"octo-org\"}}",
                "{\"id\":1e999999999,\"account\":{\"login\":\"octo-org\"}}",
                "{\"id\":null,\"account\":{\"login\":\"octo-org\"}}",
                "{\"id\":1}",
                "{\"id\":1,\"account\":null}",
                "{\"id\":1,\"account\":\"octo-org\"}",
                "{\"id\":1,\"account\":{}}",
                "{\"id\":1,\"account\":{\"login\":7}}");
    }

    @Test
    void finds_the_installation_of_an_owner_in_any_spelling() {
        assertThat(gitHub.client().installation(gitHub.caller(), owner.toUpperCase(Locale.ROOT)))
                .isEqualTo(new Success<>(known));
    }

    @Test
    void the_installation_of_another_account_is_not_the_owners() {
        gitHub.server()
                .fault(
                        kind(CallKind.FIND_INSTALLATION),
                        Faults.reply(Reply.json(200, "{\"id\":1,\"account\":{\"login\":\"" + owner + "x\"}}")));
        assertThat(gitHub.client().installation(gitHub.caller(), owner)).isEqualTo(new Failure<>(Reason.NOT_FOUND));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_token_has_what_was_asked_for_in_its_short_and_in_its_long_form(boolean longForm) {
        gitHub.server().longTokens(longForm);
        var minted = success(gitHub.client().mint(route, WANTED));
        assertThat(minted.isWithin(WANTED)).isTrue();
        assertThat(minted.repositories()).contains(List.of(REPOSITORY));
        var token = gitHub.server().token(minted.token().value()).orElseThrow();
        assertThat(minted.token().expiresAt()).isEqualTo(token.expiresAt());
        assertThat(minted.token().value().length() > 500).isEqualTo(longForm);
    }

    @Test
    void a_mint_without_repositories_asks_for_all_of_them() {
        success(gitHub.client().mint(route, new TokenRequest(Map.of("issues", "read"), List.of())));
        assertThat(gitHub.log().of(CallKind.MINT).getFirst().json()).doesNotContainKey("repositories");
    }

    @ParameterizedTest
    @MethodSource("lostMints")
    void a_mint_is_never_repeated_behind_the_callers_back(Fault fault) {
        gitHub.server().fault(kind(CallKind.MINT), fault);
        gitHub.client().mint(route, WANTED);
        assertThat(gitHub.log().count(CallKind.MINT)).isOne();
    }

    static List<Fault> lostMints() {
        return List.of(Faults.reset(), Faults.resetAfterwards(), Faults.badGateway(), Faults.tooManyRequests());
    }

    @Test
    void an_answer_that_does_not_come_is_not_waited_for_long() {
        gitHub.server().fault(kind(CallKind.MINT), Faults.hang());
        gitHub.server().fault(kind(CallKind.FIND_INSTALLATION), Faults.drip(Duration.ofMillis(200)));
        long begin = System.nanoTime();
        Stream.<Function<GitHub, GitHubResult<?>>>of(
                        client -> client.mint(route, WANTED), client -> client.installation(gitHub.caller(), owner))
                .parallel()
                .forEach(call -> assertThat(call.apply(gitHub.client())).isEqualTo(new Failure<>(Reason.UNAVAILABLE)));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(12));
    }

    @Test
    void tells_its_observer_of_every_call_and_of_the_quota() {
        gitHub.installation().rateLimit().limit(6000).remaining(1234);
        gitHub.app().rateLimit().limit(5000).remaining(77);
        gitHub.client().installation(gitHub.caller(), owner);
        gitHub.server().fault(kind(CallKind.MINT), Faults.primaryLimit());
        gitHub.client().mint(route, WANTED);
        assertThat(gitHub.observed())
                .extracting(GitHubCall::endpoint, GitHubCall::status, GitHubCall::limited, GitHubCall::owner)
                .containsExactly(
                        tuple(Endpoint.INSTALLATION, 200, false, owner), tuple(Endpoint.MINT, 403, true, owner));
        assertThat(gitHub.observed().getFirst().quota())
                .extracting(Quota::limit, Quota::remaining, Quota::used)
                .containsExactly(5000L, 76L, 4924L);
        assertThat(gitHub.observed().getLast().installationId()).isEqualTo(known.id());
    }

    @Test
    void what_does_not_answer_is_observed_with_status_0() {
        gitHub.server().fault(kind(CallKind.MINT), Faults.reset());
        gitHub.client().mint(route, WANTED);
        assertThat(gitHub.observed()).extracting(GitHubCall::status).containsExactly(0);
    }

    @Test
    void a_revocation_that_fails_is_a_line_in_the_log_without_the_token() {
        var minted = success(gitHub.client().mint(route, WANTED));
        gitHub.server().fault(kind(CallKind.REVOKE), Faults.status(500));
        try (var log = LogCapture.open()) {
            gitHub.client().revokeLater(gitHub.caller(), owner, minted.token());
            gitHub.client().close();
            assertThat(log.text())
                    .contains("could not be revoked")
                    .doesNotContain(minted.token().value());
        }
    }

    @Test
    void closing_finishes_the_revocations_that_are_under_way() {
        var minted = success(gitHub.client().mint(route, WANTED));
        gitHub.server().fault(kind(CallKind.REVOKE), Faults.delay(Duration.ofMillis(300)));
        gitHub.client().revokeLater(gitHub.caller(), owner, minted.token());
        gitHub.client().close();
        assertThat(gitHub.server().token(minted.token().value()).orElseThrow().revoked())
                .isTrue();
    }

    private static <T> T success(GitHubResult<T> answer) {
        return switch (answer) {
            case Success<T>(var value) -> value;
            case Failure<T>(var reason) -> throw new AssertionError(reason);
        };
    }
}
