package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Problem;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.DenyRules;
import dev.octosts.exchange.spi.DenySource;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.oidc.TokenBuilder;
import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service whose operator stops callers. */
@Timeout(60)
class ExchangeDenyTest {

    private static final Problem FIXED = new Problem(PERMISSION_DENIED, "token does not match trust policy");

    private final Rules rules = new Rules();
    private final ExchangeFixture world = new ExchangeFixture(usual -> usual.stopping(rules));

    @AfterEach
    void close() {
        world.close();
    }

    private static final class Rules implements DenySource {

        private volatile DenyRules current = DenyRules.NONE;
        private final List<String> stopped = new ArrayList<>();

        @Override
        public DenyRules current() {
            return current;
        }

        @Override
        public void stopped(DenyRule rule) {
            stopped.add(rule.id());
        }
    }

    /** A caller with claims, and rules in its way. */
    record Row(
            UnaryOperator<TokenBuilder> token,
            Function<ExchangeFixture, DenyRule.DeniedTarget> target,
            Function<ExchangeFixture, DenyRule.DeniedCaller> caller) {}

    private static Named<Row> row(String name, Function<ExchangeFixture, DenyRule.DeniedTarget> target) {
        return Named.of(name, new Row(token -> token, target, world -> DenyRule.DeniedCaller.ANY));
    }

    private static Named<Row> row(
            String name, UnaryOperator<TokenBuilder> token, Function<ExchangeFixture, DenyRule.DeniedCaller> caller) {
        return Named.of(name, new Row(token, world -> DenyRule.DeniedTarget.ANY, caller));
    }

    private static DenyRule.DeniedCaller claim(String name, String value) {
        return new DenyRule.DeniedCaller("", "", name, value);
    }

    static Stream<Named<Row>> stopping() {
        return Stream.of(
                row("owner", world -> new DenyRule.DeniedTarget(world.gitHub().owner(), "", "")),
                row(
                        "owner in another spelling",
                        world ->
                                new DenyRule.DeniedTarget(world.gitHub().owner().toUpperCase(Locale.ROOT), "", "")),
                row(
                        "repository",
                        world -> new DenyRule.DeniedTarget(
                                world.gitHub().owner(), GitHubFixture.REPOSITORY.toUpperCase(Locale.ROOT), "")),
                row("identity", world -> new DenyRule.DeniedTarget("", "", IDENTITY)),
                row(
                        "issuer",
                        token -> token,
                        world -> new DenyRule.DeniedCaller(world.issuer().url(), "", "", "")),
                row("subject", token -> token, world -> new DenyRule.DeniedCaller("", ExchangeFixture.SUBJECT, "", "")),
                row("begin of a subject", token -> token, world -> new DenyRule.DeniedCaller("", "sub-*", "", "")),
                row("claim", token -> token.claim("who", "me"), world -> claim("who", "me")),
                row("begin of a claim", token -> token.claim("ref", "a@b"), world -> claim("ref", "a@*")),
                row("claim that is a boolean", token -> token.claim("bot", true), world -> claim("bot", "true")),
                row("claim that is a number", token -> token.claim("id", 7), world -> claim("id", "7")),
                row(
                        "claim that is a list",
                        token -> token.claim(
                                "groups",
                                Json.createArrayBuilder(List.of("a", "b")).build()),
                        world -> claim("groups", "b")));
    }

    static Stream<Named<Row>> fittingElsewhere() {
        return Stream.of(
                row("another owner", world -> new DenyRule.DeniedTarget("other", "", "")),
                row(
                        "another repository",
                        world -> new DenyRule.DeniedTarget(world.gitHub().owner(), "other", "")),
                row("another identity", world -> new DenyRule.DeniedTarget("", "", "other")),
                row(
                        "another issuer",
                        token -> token,
                        world -> new DenyRule.DeniedCaller("https://x.example", "", "", "")),
                row("another subject", token -> token, world -> new DenyRule.DeniedCaller("", "sub-o", "", "")),
                row("a star inside a subject", token -> token, world -> new DenyRule.DeniedCaller("", "s*-ok", "", "")),
                row("another value of a claim", token -> token.claim("who", "me"), world -> claim("who", "m")),
                row("a claim that is not there", token -> token, world -> claim("who", "*")),
                row(
                        "one part of two",
                        token -> token,
                        world -> new DenyRule.DeniedCaller(world.issuer().url(), "other", "", "")));
    }

    private DenyRule rule(Row row, Optional<Instant> end) {
        return new DenyRule("r1", row.target().apply(world), row.caller().apply(world), "a leak", end);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stopping")
    void a_caller_whom_a_whole_rule_fits_is_stopped_and_gets_the_fixed_refusal(Row row) {
        world.put(world.policy());
        String bearer = row.token().apply(world.token()).sign();
        world.granted(world.exchange(bearer, world.scope(), IDENTITY));
        rules.current = DenyRules.of(List.of(rule(row, Optional.empty())));

        assertThat(refused(world.exchange(bearer, world.scope(), IDENTITY))).isEqualTo(FIXED);

        assertThat(world.events().getLast().problem())
                .isEqualTo(new Problem(PERMISSION_DENIED, "stopped by deny rule r1: a leak"));
        assertThat(rules.stopped).containsExactly("r1");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fittingElsewhere")
    void a_caller_whom_a_part_of_the_rule_does_not_fit_is_served(Row row) {
        world.put(world.policy());
        rules.current = DenyRules.of(List.of(rule(row, Optional.empty())));

        world.granted(world.exchange(row.token().apply(world.token()).sign(), world.scope(), IDENTITY));
        assertThat(rules.stopped).isEmpty();
    }

    @Test
    void a_rule_ends_by_itself() {
        world.put(world.policy());
        Instant end = world.gitHub().sandbox().clock().instant().plus(Duration.ofMinutes(1));
        rules.current = DenyRules.of(List.of(new DenyRule(
                "r1",
                new DenyRule.DeniedTarget("", "", IDENTITY),
                DenyRule.DeniedCaller.ANY,
                "why",
                Optional.of(end))));
        assertThat(refused(world.exchange())).isEqualTo(FIXED);

        world.gitHub().sandbox().clock().advance(Duration.ofMinutes(1));

        world.granted(world.exchange());
    }

    @Test
    void a_caller_who_is_stopped_costs_no_call_of_github_and_learns_nothing() {
        rules.current = DenyRules.of(List.of(new DenyRule(
                "r1",
                new DenyRule.DeniedTarget("nobody-knows", "", ""),
                DenyRule.DeniedCaller.ANY,
                "why",
                Optional.empty())));

        assertThat(refused(world.exchange(world.token().sign(), "nobody-knows/x", IDENTITY)))
                .isEqualTo(FIXED);
        assertThat(world.gitHub().log().count(call -> true)).isZero();
    }

    @Test
    void nobody_gets_a_token_before_it_is_known_whom_the_operator_stops() {
        world.put(world.policy());
        rules.current = DenyRules.UNKNOWN;

        assertThat(refused(world.exchange()))
                .isEqualTo(new Problem(
                        UNAVAILABLE, "unable to tell whether this caller is stopped; try again in a moment"));
        assertThat(world.gitHub().log().count(call -> true)).isZero();
    }

    @Test
    void a_rule_without_any_part_stops_nobody() {
        world.put(world.policy());
        rules.current = DenyRules.of(List.of(
                new DenyRule("r1", DenyRule.DeniedTarget.ANY, DenyRule.DeniedCaller.ANY, "why", Optional.empty())));

        world.granted(world.exchange());
    }
}
