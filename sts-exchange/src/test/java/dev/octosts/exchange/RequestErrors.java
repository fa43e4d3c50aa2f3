package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.INVALID_ARGUMENT;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.UNAUTHENTICATED;
import static dev.octosts.exchange.ErrorRow.FOUND_NONE;
import static dev.octosts.exchange.ErrorRow.asking;

import dev.octosts.exchange.ErrorRow.Ask;
import dev.octosts.sandbox.oidc.SigningKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** What can be wrong about a request: its bearer, then its target. */
final class RequestErrors {

    private RequestErrors() {}

    static Stream<Named<ErrorRow>> bearers() {
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

    static Stream<Named<ErrorRow>> targets() {
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
}
