package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Creates installation access tokens, under GitHub's rules: repositories among those of the installation, permissions
 * within its own, or 422.
 *
 * @see <a href="https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app">
 *     Create an installation access token for an app</a>
 */
final class Minting {
    private static final int MOST_REPOSITORIES = 500;
    private static final String FORM_HEADER = "X-GitHub-Stateless-S2S-Token";

    private final World world;
    private final Tokens tokens;

    Minting(World world, Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
    }

    /** A part of the request that is granted, or the reason why it is refused. */
    private sealed interface Asked<T> {
        record Granted<T>(T value) implements Asked<T> {}

        record Refused<T>(String message) implements Asked<T> {}
    }

    Reply mint(Call call, Installation installation) {
        if (installation.suspended()) {
            return Replies.suspended();
        }
        if (call.request().body().length > 0
                && Json.parse(call.request().body()).isEmpty()) {
            return Replies.message(400, "Problems parsing JSON");
        }
        return switch (repositories(call.json(), installation)) {
            case Asked.Refused<Optional<Set<Repository>>>(var message) -> Replies.unprocessable(message);
            case Asked.Granted<Optional<Set<Repository>>>(var repositories) ->
                switch (permissions(call.json(), installation)) {
                    case Asked.Refused<Permissions>(var message) -> Replies.unprocessable(message);
                    case Asked.Granted<Permissions>(var permissions) ->
                        created(call, installation, permissions, repositories);
                };
        };
    }

    private Reply created(
            Call call, Installation installation, Permissions permissions, Optional<Set<Repository>> repositories) {
        var ids = repositories.map(
                some -> Set.copyOf(some.stream().map(Repository::id).toList()));
        var token = tokens.mint(installation, permissions, ids, form(call), call.at());
        call.created(token);
        var json = Json.object()
                .add("token", token.value())
                .add("expires_at", token.expiresAt().toString())
                .add("permissions", permissions.json())
                .add("repository_selection", repositories.isPresent() ? "selected" : installation.selection());
        repositories.ifPresent(some ->
                json.add("repositories", some.stream().map(Documents::of).collect(Json.toArray())));
        return Reply.json(201, json.build());
    }

    private Tokens.Form form(Call call) {
        return switch (call.header(FORM_HEADER).orElse("")) {
            case "enabled" -> Tokens.Form.LONG;
            case "disabled" -> Tokens.Form.SHORT;
            default -> tokens.form();
        };
    }

    /** Empty means every repository of the installation: GitHub does so without a list and with an empty list. */
    private Asked<Optional<Set<Repository>>> repositories(JsonObject body, Installation installation) {
        var names = body.getOrDefault("repositories", JsonValue.EMPTY_JSON_ARRAY);
        var ids = body.getOrDefault("repository_ids", JsonValue.EMPTY_JSON_ARRAY);
        if (!(names instanceof JsonArray byName) || !(ids instanceof JsonArray byId)) {
            return new Asked.Refused<>("Invalid request.");
        }
        if (byName.size() + byId.size() > MOST_REPOSITORIES) {
            return new Asked.Refused<>("Too many repositories for installation");
        }
        if (byName.isEmpty() && byId.isEmpty()) {
            return new Asked.Granted<>(Optional.empty());
        }
        var found = new LinkedHashSet<Repository>();
        for (var wanted : List.of(byName, byId)) {
            for (var value : wanted) {
                var repository = repository(value, installation).filter(installation::covers);
                if (repository.isEmpty()) {
                    return new Asked.Refused<>(Replies.NO_SUCH_REPOSITORY);
                }
                found.add(repository.get());
            }
        }
        return new Asked.Granted<>(Optional.of(found));
    }

    private Optional<Repository> repository(JsonValue wanted, Installation installation) {
        if (wanted instanceof JsonNumber id) {
            return world.repository(id.longValue());
        }
        return Json.text(wanted)
                .flatMap(name -> world.repository(installation.account().login(), name));
    }

    /** When the request has no permissions, GitHub grants all that the installation has. */
    private static Asked<Permissions> permissions(JsonObject body, Installation installation) {
        var own = installation.permissions();
        if (!(body.get("permissions") instanceof JsonObject asked) || asked.isEmpty()) {
            return new Asked.Granted<>(own);
        }
        var granted = Permissions.none();
        for (var one : asked.entrySet()) {
            var level = Json.text(one.getValue()).flatMap(Level::of);
            if (level.isEmpty()) {
                return new Asked.Refused<>(
                        "The permission level " + one.getValue() + " for " + one.getKey() + " is invalid.");
            }
            if (!own.allow(one.getKey(), level.get())) {
                return new Asked.Refused<>(Replies.NOT_GRANTED);
            }
            granted = granted.and(one.getKey(), level.get());
        }
        return new Asked.Granted<>(granted);
    }
}
