package dev.octosts.github;

import static dev.octosts.github.fixture.GitHubFixture.REPOSITORY;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.GitHubCall;
import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.api.HeldToken;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holders of tokens can have done about them. */
@Timeout(30)
class TokenApiTest {

    private static final GitHubResult<Boolean> YES = new Success<>(true);
    private static final GitHubResult<Boolean> NO = new Success<>(false);

    private final GitHubFixture gitHub = new GitHubFixture();
    private final Route route = gitHub.route();
    private final TokenApi tokens = gitHub.client().tokens();

    @AfterEach
    void close() {
        gitHub.close();
    }

    private HeldToken minted() {
        var asked = new TokenRequest(Map.of("issues", "write"), List.of(REPOSITORY));
        return new HeldToken(((Success<MintedToken>) gitHub.client().mint(route, asked))
                .value()
                .token()
                .value());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void revokes_a_token_once_whether_its_route_is_known_or_not(boolean known) {
        HeldToken token = minted();
        Optional<Route> through = known ? Optional.of(route) : Optional.empty();

        assertThat(tokens.revoke(token, through)).isEqualTo(YES);

        assertThat(gitHub.server().token(token.value()).orElseThrow().revoked()).isTrue();
        assertThat(tokens.revoke(token, through)).isEqualTo(NO);
    }

    @Test
    void reports_the_calls_whose_route_is_known() {
        HeldToken token = minted();
        gitHub.observed().clear();

        tokens.isValid(token, route);
        tokens.revoke(token, Optional.of(route));

        assertThat(gitHub.observed())
                .extracting(GitHubCall::endpoint)
                .containsExactly(Endpoint.RATE_LIMIT, Endpoint.REVOKE);
    }

    @Test
    void knows_whether_a_token_is_valid_and_does_not_use_up_its_limit() {
        HeldToken token = minted();
        int remaining = gitHub.installation().rateLimit().remaining();

        assertThat(tokens.isValid(token, route)).isEqualTo(YES);
        assertThat(gitHub.installation().rateLimit().remaining()).isEqualTo(remaining);

        tokens.revoke(token, Optional.of(route));
        assertThat(tokens.isValid(token, route)).isEqualTo(NO);
    }

    @Test
    void a_token_is_not_valid_while_the_installation_is_suspended() {
        HeldToken token = minted();
        gitHub.installation().suspend(Instant.EPOCH);

        assertThat(tokens.isValid(token, route)).isEqualTo(NO);
    }

    @Test
    void a_server_without_rate_limits_has_looked_at_the_token() {
        HeldToken token = minted();
        gitHub.server().fault(kind(CallKind.RATE_LIMIT), Faults.status(404, "Rate limiting is not enabled."));

        assertThat(tokens.isValid(token, route)).isEqualTo(YES);
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(Faults.status(500), Reason.UNAVAILABLE),
                Arguments.of(Faults.badGateway(), Reason.UNAVAILABLE),
                Arguments.of(Faults.secondaryLimit(), Reason.LIMITED),
                Arguments.of(Faults.tooManyRequests(), Reason.LIMITED));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void what_is_not_known_is_neither_yes_nor_no(Fault fault, Reason reason) {
        HeldToken token = minted();
        gitHub.server().fault(kind(CallKind.RATE_LIMIT).or(kind(CallKind.REVOKE)), fault);

        assertThat(tokens.isValid(token, route)).isEqualTo(new Failure<Boolean>(reason));
        assertThat(tokens.revoke(token, Optional.of(route))).isEqualTo(new Failure<Boolean>(reason));
        assertThat(tokens.revoke(token, Optional.empty())).isEqualTo(new Failure<Boolean>(reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 403, 404, 422})
    void no_other_answer_is_taken_for_a_revocation(int status) {
        HeldToken token = minted();
        gitHub.server().fault(kind(CallKind.REVOKE), Faults.status(status));

        assertThat(tokens.revoke(token, Optional.of(route))).isInstanceOf(Failure.class);
    }
}
