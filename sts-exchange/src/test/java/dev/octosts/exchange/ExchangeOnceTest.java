package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.INTERNAL;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.api.ProblemCode.UNAUTHENTICATED;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.exchange.spi.UsedTokens;
import dev.octosts.exchange.store.MemoryUsedTokens;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that takes each token once. */
@Timeout(60)
class ExchangeOnceTest {

    static final Problem USED =
            new Problem(UNAUTHENTICATED, "token was used already; request a fresh token for each exchange");

    /** The order of the curve P-256. */
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private static ExchangeFixture once() {
        return once(new MemoryUsedTokens(System::nanoTime));
    }

    /** The store is asked as a database is. */
    static ExchangeFixture once(UsedTokens store) {
        return world(TokenReuse.DENY_IN_DATABASE, store);
    }

    private static ExchangeFixture world(TokenReuse rule, UsedTokens store) {
        var world = new ExchangeFixture(usual -> usual.taking(rule, store));
        return world.put(world.policy());
    }

    static ExchangeResult exchange(ExchangeFixture world, String bearer) {
        return world.exchange(bearer, world.scope(), IDENTITY);
    }

    @ParameterizedTest
    @EnumSource
    void a_token_is_exchanged_as_often_as_the_operator_says(TokenReuse rule) {
        try (var world = world(rule, new MemoryUsedTokens(System::nanoTime))) {
            String bearer = world.token().claim("jti", "id-1").sign();
            world.granted(exchange(world, bearer));

            if (rule == TokenReuse.ALLOW) {
                world.granted(exchange(world, bearer));
            } else {
                assertThat(refused(exchange(world, bearer))).isEqualTo(USED);
                assertThat(world.events().getLast().problem()).isEqualTo(USED);
                assertThat(world.gitHub().log().count(Call::finalMint)).isOne();
            }
            world.granted(exchange(world, world.token().claim("jti", "id-2").sign()));
        }
    }

    @Test
    void another_token_with_the_same_id_is_the_same_token_for_whatever_policy() {
        try (var world = once()) {
            world.put("repository-2", world.policy());
            world.granted(exchange(world, world.token().claim("jti", "id-1").sign()));

            assertThat(refused(world.exchange(
                            world.token()
                                    .claim("jti", "id-1")
                                    .claim("more", "x")
                                    .sign(),
                            world.gitHub().owner() + "/repository-2",
                            IDENTITY)))
                    .isEqualTo(USED);
        }
    }

    @Test
    void the_ids_of_two_issuers_are_two() {
        try (var world = once()) {
            var other = world.gitHub().sandbox().issuers().create(dev.octosts.sandbox.oidc.Algorithm.RS256);
            world.put(world.policy().replace("issuer: " + world.issuer().url(), "issuer_pattern: http://.*"));
            world.granted(exchange(world, world.token().claim("jti", "id-1").sign()));

            world.granted(exchange(
                    world,
                    other.token()
                            .subject(ExchangeFixture.SUBJECT)
                            .audience(ExchangeFixture.DOMAIN)
                            .claim("jti", "id-1")
                            .sign()));
        }
    }

    /** Whatever has no id that could be compared is known by what is signed. */
    static Stream<Arguments> tokensWithoutId() {
        return Stream.of(
                arguments("none", (Claim) token -> token.without("jti")),
                arguments("a number", (Claim) token -> token.claim("jti", 7)),
                arguments("an empty one", (Claim) token -> token.claim("jti", "")));
    }

    /** Changes the token that is exchanged. */
    interface Claim {
        dev.octosts.sandbox.oidc.TokenBuilder in(dev.octosts.sandbox.oidc.TokenBuilder token);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokensWithoutId")
    void a_token_without_an_id_is_known_by_what_is_signed(String name, Claim claim) {
        try (var world = once()) {
            String bearer = claim.in(world.token().claim("number", 1)).sign();
            world.granted(exchange(world, bearer));

            assertThat(refused(exchange(world, bearer))).isEqualTo(USED);
            assertThat(refused(exchange(world, withOtherSignature(bearer))))
                    .as("the same token, whose signature is written in the other way")
                    .isEqualTo(USED);
            world.granted(
                    exchange(world, claim.in(world.token().claim("number", 2)).sign()));
        }
    }

    /** ECDSA: where (r, s) is a signature, (r, n - s) is one, too. */
    private static String withOtherSignature(String token) {
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        var s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        byte[] other = ORDER.subtract(s).toByteArray();
        byte[] padded = new byte[32];
        int length = Math.min(32, other.length);
        System.arraycopy(other, other.length - length, padded, 32 - length, length);
        System.arraycopy(padded, 0, signature, 32, 32);
        return token.substring(0, dot + 1)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    static Stream<Arguments> mintsThatFail() {
        return Stream.of(
                arguments("limited", Faults.primaryLimit(), RESOURCE_EXHAUSTED),
                arguments("unprocessable", Faults.unprocessable(), PERMISSION_DENIED),
                arguments("forbidden", Faults.forbidden(), INTERNAL),
                arguments("failing", Faults.status(500), INTERNAL),
                arguments("reset before", Faults.reset(), INTERNAL),
                arguments("reset after", Faults.resetAfterwards(), INTERNAL),
                arguments("wider", Faults.granting("secrets", dev.octosts.sandbox.github.Level.READ), INTERNAL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mintsThatFail")
    void a_token_whose_caller_got_nothing_can_be_exchanged_again(String name, Fault fault, ProblemCode code) {
        try (var world = once()) {
            String bearer = world.token().sign();
            world.gitHub().server().fault(Calls.finalMint(), fault);
            assertThat(refused(exchange(world, bearer)).code()).isEqualTo(code);

            world.gitHub().server().clearFaults();
            world.gitHub().time().passes(Duration.ofHours(1));
            world.granted(exchange(world, bearer));
            assertThat(refused(exchange(world, bearer))).isEqualTo(USED);
        }
    }

    @Test
    void a_refusal_by_policy_uses_nothing_up() {
        try (var world = once()) {
            String bearer = world.token().sign();
            assertThat(refused(world.exchange(bearer, world.scope(), "other")).code())
                    .isEqualTo(NOT_FOUND);
            world.put("repository-2", world.policy().replace("subject: ", "subject: not-"));
            assertThat(refused(world.exchange(bearer, world.gitHub().owner() + "/repository-2", IDENTITY))
                            .code())
                    .isEqualTo(PERMISSION_DENIED);

            world.granted(exchange(world, bearer));
        }
    }

    @Test
    void an_explanation_uses_nothing_up_and_is_given_for_a_used_token() {
        try (var world = once()) {
            String bearer = world.token().sign();
            assertThat(world.told(bearer)).containsEntry("accepted", true);
            world.granted(exchange(world, bearer));
            assertThat(world.told(bearer)).containsEntry("accepted", true);
        }
    }

    @Test
    void of_exchanges_at_the_same_time_one_gets_a_token() throws Exception {
        try (var world = once();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            world.granted(exchange(world, world.token().claim("number", 0).sign()));
            for (int round = 1; round <= 5; round++) {
                String bearer = world.token().claim("number", round).sign();
                var start = new CountDownLatch(1);
                var answers = IntStream.range(0, 8)
                        .mapToObj(caller -> callers.submit(() -> {
                            start.await();
                            return exchange(world, bearer);
                        }))
                        .toList();
                start.countDown();
                int granted = 0;
                for (var answer : answers) {
                    if (answer.get() instanceof ExchangeResult.Refused(var problem)) {
                        assertThat(problem).isEqualTo(USED);
                    } else {
                        granted++;
                    }
                }
                assertThat(granted).isOne();
            }
        }
    }
}
