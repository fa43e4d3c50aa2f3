package dev.octosts.exchange;

import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.http.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** What GitHub may do with a call. */
enum GitHubBehaviour {
    GOOD,
    UNCHANGED,
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    UNPROCESSABLE,
    SPAMMED,
    LIMITED,
    TOO_MANY,
    BROKEN,
    HTML,
    MALFORMED,
    EMPTY,
    RESET,
    UNSEEN,
    RENAMED,
    WIDER;

    boolean isLimit() {
        return this == SPAMMED || this == LIMITED || this == TOO_MANY;
    }

    /** A fault that does it. */
    Fault fault(Call call) {
        return switch (this) {
            case GOOD -> (same, real) -> real.get();
            case UNCHANGED -> Faults.reply(Reply.empty(304));
            case UNAUTHORIZED -> Faults.status(401);
            case FORBIDDEN -> Faults.forbidden();
            case NOT_FOUND -> Faults.status(404);
            case UNPROCESSABLE -> Faults.unprocessable();
            case SPAMMED -> Faults.spammed();
            case LIMITED -> Faults.primaryLimit();
            case TOO_MANY -> Faults.tooManyRequests();
            case BROKEN -> Faults.status(500);
            case HTML -> Faults.badGateway();
            case MALFORMED -> Faults.malformed(call.kind() == CallKind.MINT ? 201 : 200);
            case EMPTY -> Faults.reply(Reply.json(200, "{}"));
            case RESET -> Faults.resetAfterwards();
            case UNSEEN ->
                call.method().equals("POST") && call.kind() == CallKind.CONTENT
                        ? Faults.reply(Reply.json(200, "{\"data\":{\"repository\":null}}"))
                        : Faults.status(404);
            case RENAMED ->
                call.kind() == CallKind.CONTENT ? Faults.malformed() : Faults.editing(GitHubBehaviour::renamed);
            case WIDER ->
                call.kind() == CallKind.MINT
                        ? Faults.granting("secrets", dev.octosts.sandbox.github.Level.READ)
                        : Faults.malformed();
        };
    }

    private static JsonObject renamed(JsonObject reply) {
        if (!reply.containsKey("repositories")) {
            return jakarta.json.JsonValue.EMPTY_JSON_OBJECT;
        }
        return Json.createObjectBuilder(reply)
                .add(
                        "repositories",
                        Json.createArrayBuilder(reply.getJsonArray("repositories").stream()
                                .map(repository -> Json.createObjectBuilder(repository.asJsonObject())
                                        .add("full_name", "evil/x")
                                        .build())
                                .toList()))
                .build();
    }
}
