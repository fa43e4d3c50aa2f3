package dev.octosts.exchange;

import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.BearerToken;
import dev.octosts.api.GrantedTokens.Facts;
import dev.octosts.api.GrantedTokens.Introspection;
import dev.octosts.api.GrantedTokens.Revocation;
import dev.octosts.api.HeldToken;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.Sha256;
import dev.octosts.api.TurnedAway;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.InstallationToken;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.SandboxIssuer;
import dev.octosts.sandbox.oidc.SigningKey;
import dev.octosts.sandbox.oidc.TokenBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holders of tokens, workloads and strangers can do and learn about tokens that were granted. */
@Timeout(60)
class TokenHoldersTest {

    private static final Revocation DONE = new Revocation.Done();
    private static final Introspection INACTIVE = new Introspection.Inactive();
    private final ExchangeFixture world = new ExchangeFixture();
    private final TokenHolders holders = world.holders();
    private final InstallationToken token = granted(world);

    /** A token, when all other tokens are gone. */
    static InstallationToken granted(ExchangeFixture world) {
        InstallationToken granted = world.put(world.policy()).granted(world.exchange());
        // The token that read the policy is revoked at some time, which would be among the calls that are looked at.
        world.gitHub().awaitRevocationOfAllBut(granted.value());
        world.gitHub().log().clear();
        return granted;
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Introspection asHolder() {
        return holders.introspect(new HeldToken(token.value()));
    }

    private Introspection asWorkload(TokenBuilder bearer) {
        return holders.introspect(Sha256.hex(token.value()), Optional.of(new BearerToken(bearer.sign())));
    }

    private Revocation revoke(String value) {
        return holders.revoke(new HeldToken(value));
    }

    private static Facts facts(Introspection introspection) {
        return switch (introspection) {
            case Introspection.Active(var facts) -> facts;
            case Introspection.Inactive() -> throw new AssertionError("inactive");
            case Introspection.Refused(var problem) -> throw new AssertionError(problem);
        };
    }

    private static Problem refused(Introspection introspection) {
        return switch (introspection) {
            case Introspection.Active _, Introspection.Inactive _ -> throw new AssertionError(introspection);
            case Introspection.Refused(var problem) -> problem;
        };
    }

    @Test
    void a_holder_learns_whose_the_token_is_and_what_it_can_do() {
        Facts facts = facts(asHolder());

        assertThat(facts.issuer()).isEqualTo(world.issuer().url());
        assertThat(facts.subject()).isEqualTo(ExchangeFixture.SUBJECT);
        assertThat(facts.scope()).isEqualTo(world.scope());
        assertThat(facts.identity()).isEqualTo(ExchangeFixture.IDENTITY);
        assertThat(facts.permissions()).isEqualTo(Map.of("issues", "write"));
        assertThat(facts.repositories()).isEqualTo(List.of(GitHubFixture.REPOSITORY));
        assertThat(facts.expiresAt()).isEqualTo(token.expiresAt());
        assertThat(Duration.between(facts.issuedAt(), facts.expiresAt()))
                .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void the_workload_learns_the_same_by_the_digest_and_github_is_not_asked() {
        Facts facts = facts(asWorkload(world.token()));

        assertThat(world.gitHub().log().all()).isEmpty();
        assertThat(facts).isEqualTo(facts(asHolder()));
    }

    static Stream<Named<Function<ExchangeFixture, TokenBuilder>>> others() {
        return Stream.of(
                Named.of("another subject", world -> world.token().subject("other")),
                Named.of(
                        "an audience that the exchange did not have",
                        world -> world.token().audience("vault.example")),
                Named.of(
                        "another issuer",
                        world -> another(world)
                                .token()
                                .subject(ExchangeFixture.SUBJECT)
                                .audience(ExchangeFixture.DOMAIN)));
    }

    private static SandboxIssuer another(ExchangeFixture world) {
        return world.gitHub().sandbox().issuers().create(Algorithm.ES256).algorithms(Algorithm.ES256.text());
    }

    @ParameterizedTest
    @MethodSource("others")
    void others_cannot_tell_a_token_from_one_that_does_not_exist(Function<ExchangeFixture, TokenBuilder> other) {
        TokenBuilder bearer = other.apply(world);

        assertThat(asWorkload(bearer)).isEqualTo(INACTIVE);
        assertThat(holders.introspect("0".repeat(64), Optional.of(new BearerToken(bearer.sign()))))
                .isEqualTo(INACTIVE);
    }

    @Test
    void a_digest_alone_says_nothing() {
        assertThat(refused(holders.introspect(Sha256.hex(token.value()), Optional.empty())))
                .isEqualTo(new Problem(ProblemCode.UNAUTHENTICATED, "expected exactly one authorization header"));
    }

    static Stream<Named<Function<ExchangeFixture, String>>> bearers() {
        return Stream.of(
                Named.of("no token", world -> "x"),
                Named.of("expired", world -> world.token().claim("exp", 1).sign()),
                Named.of(
                        "a key that is not the issuer's",
                        world -> world.token()
                                .key(SigningKey.create(world.issuer().key().algorithm(), "k"))
                                .sign()));
    }

    @ParameterizedTest
    @MethodSource("bearers")
    void a_bearer_that_proves_nothing_is_not_accepted(Function<ExchangeFixture, String> bearer) {
        var sent = Optional.of(new BearerToken(bearer.apply(world)));

        assertThat(refused(holders.introspect(Sha256.hex(token.value()), sent)).code())
                .isEqualTo(ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void a_workload_that_asks_too_often_is_told_when_to_come_back() {
        var callers = new CallerSettings(RefusalDetail.ALL, Optional.of(new CallerRate(0.1, 1)), TokenReuse.ALLOW, 750);
        try (var limited = new ExchangeFixture(callers)) {
            Optional<BearerToken> bearer =
                    Optional.of(new BearerToken(limited.token().sign()));
            limited.holders().introspect("0".repeat(64), bearer);

            Problem problem = refused(limited.holders().introspect("0".repeat(64), bearer));

            assertThat(problem.code()).isEqualTo(ProblemCode.RESOURCE_EXHAUSTED);
            assertThat(problem.retryAfter()).isPositive();
            assertThat(limited.turnedAway()).containsExactly(TurnedAway.CALLER_RATE);
        }
    }

    @Test
    void a_token_that_was_revoked_here_is_over() {
        assertThat(revoke(token.value())).isEqualTo(DONE);

        assertThat(token.revoked()).isTrue();
        assertThat(asHolder()).isEqualTo(INACTIVE);
        assertThat(asWorkload(world.token())).isEqualTo(INACTIVE);
        assertThat(revoke(token.value())).isEqualTo(DONE);
    }

    @Test
    void a_holder_learns_that_a_token_was_revoked_at_github() {
        world.gitHub().client().tokens().revoke(new HeldToken(token.value()), Optional.empty());

        assertThat(asHolder()).isEqualTo(INACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghs_nobodyKnowsThisOne000000000000000000", "x", "ghp_notOfAnInstallation"})
    void an_unknown_token_is_inactive_and_github_is_not_asked(String value) {
        assertThat(holders.introspect(new HeldToken(value))).isEqualTo(INACTIVE);
        assertThat(world.gitHub().log().all()).isEmpty();
    }

    @Test
    void what_github_does_not_say_is_not_guessed() {
        world.gitHub().server().fault(kind(CallKind.RATE_LIMIT), Faults.status(503));

        assertThat(refused(asHolder()).code()).isEqualTo(ProblemCode.UNAVAILABLE);
    }

    @Test
    void the_holder_of_one_token_cannot_ask_github_all_the_time() {
        for (int i = 0; i < 10; i++) {
            facts(asHolder());
        }

        assertThat(refused(asHolder()).message())
                .isEqualTo("too many requests about this token, or to revoke unknown ones; try again later");
        assertThat(facts(holders.introspect(
                        Sha256.hex(token.value()),
                        Optional.of(new BearerToken(world.token().sign())))))
                .as("a question that does not go to GitHub")
                .isNotNull();
    }
}
