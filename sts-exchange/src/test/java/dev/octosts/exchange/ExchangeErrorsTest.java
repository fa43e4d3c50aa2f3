package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.INTERNAL;
import static dev.octosts.api.ProblemCode.INVALID_ARGUMENT;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.api.ProblemCode.UNAUTHENTICATED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.Level;
import dev.octosts.sandbox.oidc.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error of an exchange, in the order in which a caller would see them. */
@Timeout(60)
class ExchangeErrorsTest {

    private static final Predicate<Call> LOOK_UP = kind(CallKind.FIND_INSTALLATION);
    private static final Predicate<Call> READ = Calls.file(file());
    private static final String FOUND_NONE = "unable to find trust policy for \"ci\"";
    private static final String LIMITED = "GitHub API rate limit exceeded for \"ci\"";
    private static final String FORBIDDEN = "trust policy read forbidden for \"ci\" (not a rate limit)";
    private static final String TRANSIENT = "transient error fetching trust policy for \"ci\"";
    private static final String FAILED = "failed to get token";

    /** What is asked for, and the one thing that is wrong about the request or the world. */
    record Row(Ask ask, Consumer<ExchangeFixture> world, Function<ExchangeFixture, Problem> expected) {}

    record Ask(Function<ExchangeFixture, String> bearer, Function<ExchangeFixture, String> scope, String identity) {

        static final Ask RIGHT =
                new Ask(world -> world.token().sign(), ExchangeFixture::scope, ExchangeFixture.IDENTITY);

        static Ask bearer(Function<ExchangeFixture, String> bearer) {
            return new Ask(bearer, RIGHT.scope, RIGHT.identity);
        }

        static Ask scope(Function<ExchangeFixture, String> scope) {
            return new Ask(RIGHT.bearer, scope, RIGHT.identity);
        }

        static Ask identity(String identity) {
            return new Ask(RIGHT.bearer, RIGHT.scope, identity);
        }
    }

    static Stream<Named<Row>> bearers() {
        return Stream.of(
                asking("no token", Ask.bearer(world -> ""), INVALID_ARGUMENT, "invalid bearer token"),
                asking("no JWT", Ask.bearer(world -> "Basic abc"), INVALID_ARGUMENT, "invalid bearer token"),
                asking(
                        "an issuer that is no URL",
                        Ask.bearer(world -> world.token().claim("iss", "issuer").sign()),
                        INVALID_ARGUMENT,
                        "invalid issuer format"),
                asking(
                        "an issuer that is not there",
                        Ask.bearer(world -> world.token()
                                .claim("iss", world.issuer().url() + "x")
                                .sign()),
                        INVALID_ARGUMENT,
                        "unable to fetch or create the provider"),
                asking(
                        "a key that is not the issuer's",
                        Ask.bearer(world -> world.token()
                                .key(SigningKey.create(world.issuer().key().algorithm(), "k"))
                                .sign()),
                        UNAUTHENTICATED,
                        "unable to verify bearer token"),
                asking(
                        "no signature",
                        Ask.bearer(world -> world.token().unsigned()),
                        UNAUTHENTICATED,
                        "unable to verify bearer token"),
                asking(
                        "a subject that may not be",
                        Ask.bearer(world -> world.token().subject("a\"b").sign()),
                        INVALID_ARGUMENT,
                        "invalid subject in token"),
                asking(
                        "an audience that may not be",
                        Ask.bearer(world -> world.token()
                                .audience(ExchangeFixture.DOMAIN, "a@b")
                                .sign()),
                        INVALID_ARGUMENT,
                        "invalid audience in token"),
                asking(
                        "a subject and an audience that may not be",
                        Ask.bearer(world ->
                                world.token().subject("a\"b").audience("a@b").sign()),
                        INVALID_ARGUMENT,
                        "invalid subject in token"),
                asking(
                        "another subject",
                        Ask.bearer(world -> world.token().subject("other").sign()),
                        PERMISSION_DENIED,
                        "trust policy: subject \"other\" did not match \"sub-ok\""),
                asking(
                        "another audience",
                        Ask.bearer(world -> world.token().audience("a", "b").sign()),
                        PERMISSION_DENIED,
                        "trust policy: audience \"octo-sts.example\" did not match any of [\"a\" \"b\"]"));
    }

    static Stream<Named<Row>> targets() {
        return Stream.of(
                asking("no scope", Ask.scope(world -> ""), INVALID_ARGUMENT, "scope must be provided"),
                asking("no identity", Ask.identity(""), INVALID_ARGUMENT, "identity must be provided"),
                asking("another identity", Ask.identity("CI"), NOT_FOUND, "unable to find trust policy for \"CI\""),
                asking(
                        "an identity with a quote",
                        Ask.identity("a\"b"),
                        NOT_FOUND,
                        "unable to find trust policy for \"a\\\"b\""),
                asking(
                        "another repository",
                        Ask.scope(world -> world.gitHub().owner() + "/nope"),
                        NOT_FOUND,
                        FOUND_NONE),
                asking(
                        "the organization, whose policy repository is not there",
                        Ask.scope(world -> world.gitHub().owner()),
                        NOT_FOUND,
                        FOUND_NONE),
                asking(
                        "an owner who is not installed, as the caller spelt it",
                        Ask.scope(world -> "Nobody/repo"),
                        NOT_FOUND,
                        "no installation found for \"Nobody\""));
    }

    static Stream<Named<Row>> policies() {
        return Stream.of(
                in(
                        "an unselected repository",
                        world -> world.gitHub().installation().select(".github"),
                        FOUND_NONE),
                in("no file", world -> world.gitHub().repository().remove(file()), FOUND_NONE),
                in(
                        "a directory",
                        world -> world.gitHub().repository().remove(file()).put(file() + "/x", "y"),
                        FOUND_NONE),
                in("a submodule", world -> files(world).putSubmodule(file(), "https://git.example/x"), FOUND_NONE),
                in("a symbolic link", world -> files(world).putSymlink(file(), "nowhere"), FOUND_NONE),
                in("a file of 1.1 MiB", world -> world.put("#" + "x".repeat(1_153_434)), unusable("read")),
                in(
                        "bytes that are not UTF-8",
                        world -> world.gitHub()
                                .repository()
                                .put(file(), (world.policy() + "# ÿ").getBytes(StandardCharsets.ISO_8859_1)),
                        unusable("parse")),
                in("an alias bomb", world -> world.put(world.policy() + bomb()), unusable("parse")),
                in("a key that is unknown", world -> world.put(world.policy("nope: 1")), unusable("parse")),
                in("repositories", world -> world.put(world.policy("repositories: [a]")), unusable("parse")),
                in(
                        "a pattern that is none",
                        world -> world.put(world.policy("claim_pattern: {a: ')('}")),
                        unusable("compile")),
                in("no file content", world -> world.put(""), unusable("compile")));
    }

    static Stream<Named<Row>> troubles() {
        return Stream.of(
                trouble(
                        "a suspension",
                        world -> world.gitHub().installation().suspend(Instant.now()),
                        PERMISSION_DENIED),
                on("the look-up is limited", LOOK_UP, Faults.primaryLimit(), RESOURCE_EXHAUSTED, LIMITED),
                trouble("the look-up answers 401", faulty(LOOK_UP, Faults.status(401)), UNAVAILABLE),
                trouble("the look-up is refused", faulty(LOOK_UP, Faults.forbidden()), UNAVAILABLE),
                trouble("the look-up answers HTML", faulty(LOOK_UP, Faults.badGateway()), UNAVAILABLE),
                trouble("the look-up is reset", faulty(LOOK_UP, Faults.reset()), UNAVAILABLE),
                on(
                        "the read token is limited, which is the organization's first of all",
                        Calls.readMint(),
                        Faults.secondaryLimit(),
                        RESOURCE_EXHAUSTED,
                        "organization trusted-issuer lookup rate limited"),
                on(
                        "the read token is refused with 422",
                        Calls.readMint(),
                        Faults.unprocessable(),
                        NOT_FOUND,
                        FOUND_NONE),
                trouble("the read token is refused", faulty(Calls.readMint(), Faults.forbidden()), UNAVAILABLE),
                trouble("the read token answers 401", faulty(Calls.readMint(), Faults.status(401)), UNAVAILABLE),
                trouble(
                        "the read token is wider",
                        faulty(Calls.readMint(), Faults.granting("issues", Level.READ)),
                        UNAVAILABLE),
                on("the read is limited", READ, Faults.primaryLimit(429), RESOURCE_EXHAUSTED, LIMITED),
                on("the read is refused", READ, Faults.forbidden(), PERMISSION_DENIED, FORBIDDEN),
                on("the read answers 401", READ, Faults.status(401), UNAVAILABLE, TRANSIENT),
                on("the read answers 500", READ, Faults.status(500), UNAVAILABLE, TRANSIENT),
                on("the read is reset", READ, Faults.reset(), UNAVAILABLE, TRANSIENT),
                on("the read answers no JSON", READ, Faults.malformed(), UNAVAILABLE, TRANSIENT),
                on("the read is cut short", READ, Faults.truncated(50), UNAVAILABLE, TRANSIENT),
                on(
                        "the repository is not seen with the token that was minted for it",
                        READ.or(kind(CallKind.REPOSITORY)),
                        Faults.status(404),
                        UNAVAILABLE,
                        TRANSIENT),
                on(
                        "the token is refused with 422",
                        Calls.finalMint(),
                        Faults.unprocessable(),
                        PERMISSION_DENIED,
                        "token exchange failure (StatusUnprocessableEntity)"),
                on("the token is limited", Calls.finalMint(), Faults.spammed(), RESOURCE_EXHAUSTED, LIMITED),
                on("the token answers 401", Calls.finalMint(), Faults.status(401), INTERNAL, FAILED),
                on("the token is refused", Calls.finalMint(), Faults.forbidden(), INTERNAL, FAILED),
                on("the token answers 500", Calls.finalMint(), Faults.status(500), INTERNAL, FAILED),
                on("the token is reset", Calls.finalMint(), Faults.resetAfterwards(), INTERNAL, FAILED),
                on("the token is cut short", Calls.finalMint(), Faults.truncated(150), INTERNAL, FAILED),
                on("the token does not tell", Calls.finalMint(), Faults.without("permissions"), INTERNAL, FAILED),
                on("the token is wider", Calls.finalMint(), Faults.granting("secrets", Level.READ), INTERNAL, FAILED),
                refusing(
                        "an App that is not in the pool",
                        world -> world.put(world.policy("app: another")),
                        FAILED_PRECONDITION,
                        "no GitHub App of this organization matches the trust policy"));
    }

    @ParameterizedTest
    @MethodSource({"bearers", "targets", "policies", "troubles"})
    void refuses(Row row) {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            row.world().accept(world);
            var result = world.exchange(
                    row.ask().bearer().apply(world),
                    row.ask().scope().apply(world),
                    row.ask().identity());
            Problem expected = row.expected().apply(world);
            assertThat(refused(result).code()).isEqualTo(expected.code());
            if (!expected.message().isEmpty()) {
                assertThat(refused(result)).isEqualTo(expected);
            }
            assertThat(refused(result).message())
                    .as("nothing of GitHub's words or address")
                    .doesNotContain("http://", "https://", "GitHub's", "Resource", "status ", "html", "localhost");
            assertThat(world.events()).hasSize(1);
        }
    }

    @Test
    void the_world_of_these_rows_grants_a_token_when_nothing_is_wrong() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            assertThat(world.granted(world.exchange()).permissions().levels()).containsEntry("issues", Level.WRITE);
        }
    }

    @Test
    void a_limit_on_the_read_token_is_the_policys_when_all_is_known_of_the_organization() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            world.exchange(world.token().sign(), world.scope(), "other");
            world.gitHub().server().fault(Calls.readMint(), Faults.secondaryLimit());
            assertThat(refused(world.exchange())).isEqualTo(new Problem(RESOURCE_EXHAUSTED, LIMITED));
        }
    }

    private static Named<Row> asking(String name, Ask ask, ProblemCode code, String message) {
        return Named.of(name, new Row(ask, world -> {}, world -> new Problem(code, message)));
    }

    private static Named<Row> in(String name, Consumer<ExchangeFixture> world, String message) {
        return refusing(name, world, NOT_FOUND, message);
    }

    private static Named<Row> on(String name, Predicate<Call> when, Fault fault, ProblemCode code, String message) {
        return refusing(name, faulty(when, fault), code, message);
    }

    /** A refusal whose words the contract leaves open. */
    private static Named<Row> trouble(String name, Consumer<ExchangeFixture> world, ProblemCode code) {
        return refusing(name, world, code, "");
    }

    private static Named<Row> refusing(String name, Consumer<ExchangeFixture> world, ProblemCode code, String message) {
        return Named.of(name, new Row(Ask.RIGHT, world, any -> new Problem(code, message)));
    }

    private static Consumer<ExchangeFixture> faulty(Predicate<Call> when, Fault fault) {
        return world -> world.gitHub().server().fault(when, fault);
    }

    private static String unusable(String verb) {
        return "unable to " + verb + " trust policy found for \"ci\"";
    }

    private static String file() {
        return DemoWorld.policyFile(IDENTITY);
    }

    private static dev.octosts.sandbox.github.Tree files(ExchangeFixture world) {
        return world.gitHub().repository().files();
    }

    private static String bomb() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int level = 1; level < 10; level++) {
            String alias = "*a" + (level - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(level, level, String.join(",", Collections.nCopies(9, alias))));
        }
        return bomb.toString();
    }
}
