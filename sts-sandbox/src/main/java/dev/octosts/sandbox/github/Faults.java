package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The faults of GitHub that a service has to live with, each as GitHub really answers. */
public final class Faults {
    private static final Duration UNTIL_RESET = Duration.ofSeconds(60);

    private Faults() {}

    /** The primary limit is used up: 403. */
    public static Fault primaryLimit() {
        return primaryLimit(403);
    }

    /** The primary limit is used up: 403 or 429, GitHub uses both. */
    public static Fault primaryLimit(int status) {
        return (call, _) -> Replies.primaryLimit(status)
                .with("X-RateLimit-Remaining", "0")
                .with(
                        "X-RateLimit-Reset",
                        Long.toString(call.at().plus(UNTIL_RESET).getEpochSecond()));
    }

    /** A secondary limit, with {@code Retry-After}. */
    public static Fault secondaryLimit() {
        return reply(Replies.secondaryLimit().with("Retry-After", "60"));
    }

    /** A secondary limit that only its documentation link shows. */
    public static Fault secondaryLimitWithoutRetryAfter() {
        return reply(Replies.secondaryLimit());
    }

    /** 429 and nothing else. */
    public static Fault tooManyRequests() {
        return status(429, "Too many requests");
    }

    /** A 403 that is a refusal and not a limit. */
    public static Fault forbidden() {
        return status(403, "Resource not accessible by integration");
    }

    /** A 422 of an over-used endpoint. {@code Retry-After} distinguishes it from other 422 answers. */
    public static Fault spammed() {
        return reply(Replies.message(422, "Validation Failed, or the endpoint has been spammed.")
                .with("Retry-After", "60"));
    }

    /** The 422 that a mint gets for repositories or permissions that the installation does not have. */
    public static Fault unprocessable() {
        return status(422, Replies.NO_SUCH_REPOSITORY);
    }

    public static Fault status(int status) {
        return status(status, "status " + status);
    }

    public static Fault status(int status, String message) {
        return reply(Replies.message(status, message));
    }

    public static Fault reply(Reply reply) {
        return (_, _) -> reply;
    }

    /** GitHub's HTML error page. */
    public static Fault badGateway() {
        return reply(Reply.of(502, "text/html", "<html><body>Unicorn!</body></html>".getBytes(StandardCharsets.UTF_8)));
    }

    /** 200, and a body that is not JSON. */
    public static Fault malformed() {
        return malformed(200);
    }

    public static Fault malformed(int status) {
        return reply(Reply.json(status, "{\"this is\": not json"));
    }

    /** A correct answer whose connection breaks after that many bytes of the body. Its effects have happened. */
    public static Fault truncated(int bytes) {
        return (_, real) -> {
            var reply = real.get();
            return new Answer.Truncated(reply, Math.min(bytes, Math.max(0, reply.body().length - 1)));
        };
    }

    /** 200, and a JSON string of that many characters. */
    public static Fault oversize(int characters) {
        return reply(Reply.json(200, '"' + "x".repeat(characters) + '"'));
    }

    /** The correct answer, late. */
    public static Fault delay(Duration delay) {
        return (_, real) -> new Answer.Delayed(delay, real.get());
    }

    /** The correct answer, byte by byte. */
    public static Fault drip(Duration pause) {
        return (_, real) -> new Answer.Dripped(real.get(), pause);
    }

    public static Fault hang() {
        return (_, _) -> new Answer.Hang();
    }

    /** The connection is closed without an answer, and nothing was done. */
    public static Fault reset() {
        return (_, _) -> new Answer.Reset();
    }

    /** The connection is closed without an answer, but the request was performed. */
    public static Fault resetAfterwards() {
        return (_, real) -> {
            var _ = real.get();
            return new Answer.Reset();
        };
    }

    /** The correct answer with its JSON changed. */
    public static Fault editing(UnaryOperator<JsonObject> change) {
        return (_, real) -> {
            var reply = real.get();
            return Json.parse(reply.body())
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .map(json -> Reply.json(reply.status(), change.apply(json)))
                    .orElse(reply);
        };
    }

    /** The correct answer without this member, for example {@code expires_at} or {@code permissions}. */
    public static Fault without(String member) {
        return editing(json -> Json.object(json).remove(member).build());
    }

    /** A mint that grants a permission that was not asked for. */
    public static Fault granting(String permission, Level level) {
        return editing(json -> Json.object(json)
                .add(
                        "permissions",
                        Json.object(json.getJsonObject("permissions")).add(permission, level.text()))
                .build());
    }

    /** A mint that covers every repository of the installation, whatever was asked for. */
    public static Fault grantingAllRepositories() {
        return editing(json -> Json.object(json)
                .remove("repositories")
                .add("repository_selection", "all")
                .build());
    }
}
