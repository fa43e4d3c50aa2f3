package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.INTERNAL;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;
import static dev.octosts.exchange.ErrorRow.FOUND_NONE;
import static dev.octosts.exchange.ErrorRow.refusing;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.faulty;
import static dev.octosts.sandbox.github.Calls.kind;

import dev.octosts.api.ProblemCode;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** What can be wrong about a policy, and about GitHub's answers. */
final class GitHubErrors {

    static final String LIMITED = "GitHub API rate limit exceeded for \"ci\"";

    private static final Predicate<Call> LOOK_UP = kind(CallKind.FIND_INSTALLATION);
    private static final Predicate<Call> READ = Calls.file(file());
    private static final String FORBIDDEN = "trust policy read forbidden for \"ci\" (not a rate limit)";
    private static final String TRANSIENT = "transient error fetching trust policy for \"ci\"";
    private static final String FAILED = "failed to get token";

    private GitHubErrors() {}

    static Stream<Named<ErrorRow>> policies() {
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
                in(
                        "a symbolic link to a policy",
                        world -> files(world).put("real.yaml", world.policy()).putSymlink(file(), "../../real.yaml"),
                        FOUND_NONE),
                in(
                        "a symbolic link that reads like a policy",
                        world -> files(world).putSymlink(file(), world.policy()),
                        FOUND_NONE),
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

    static Stream<Named<ErrorRow>> troubles() {
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
                        "trust policy app \"another\" is not a configured app"));
    }

    private static Named<ErrorRow> in(String name, Consumer<ExchangeFixture> world, String message) {
        return refusing(name, world, NOT_FOUND, message);
    }

    private static Named<ErrorRow> on(
            String name, Predicate<Call> when, Fault fault, ProblemCode code, String message) {
        return refusing(name, faulty(when, fault), code, message);
    }

    /** A refusal whose words the contract leaves open. */
    private static Named<ErrorRow> trouble(String name, Consumer<ExchangeFixture> world, ProblemCode code) {
        return refusing(name, world, code, "");
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
