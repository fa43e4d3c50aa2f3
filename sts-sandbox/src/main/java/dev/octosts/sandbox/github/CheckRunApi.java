package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The API of check runs. Only the App that made a check run may change it.
 *
 * @see <a href="https://docs.github.com/en/rest/checks/runs">Check runs</a>
 */
final class CheckRunApi {
    /** The end of the path that lists the check runs of a commit. */
    static final String OF_COMMIT = "/check-runs";

    private static final String ANNOTATIONS = "/annotations";
    private static final int MOST_ANNOTATIONS = 50;
    private static final int LONGEST_TEXT = 65_535;
    private static final int LONGEST_TITLE = 255;

    private final Supplier<String> baseUrl;

    CheckRunApi(Supplier<String> baseUrl) {
        this.baseUrl = baseUrl;
    }

    Reply reply(Call call, InstallationToken token, Repository repository) {
        boolean reading = call.method().equals("GET");
        if (!token.permissions().allow("checks", reading ? Level.READ : Level.WRITE)) {
            return Replies.forbidden();
        }
        var fault = fault(call.json());
        if (fault.isPresent()) {
            return Replies.unprocessable("Invalid request.\n\n" + fault.get());
        }
        return switch (call.method()) {
            case "GET" -> get(call, repository);
            case "POST" -> create(call, token, repository);
            case "PATCH" -> update(call, token, repository);
            default -> Replies.notFound();
        };
    }

    private static Optional<String> fault(JsonObject fields) {
        var annotations = CheckRuns.annotations(fields);
        if (annotations.size() > MOST_ANNOTATIONS) {
            return Optional.of("No more than " + MOST_ANNOTATIONS + " items are allowed; " + annotations.size()
                    + " were supplied.");
        }
        if (!(fields.get("output") instanceof JsonObject output)) {
            return Optional.empty();
        }
        if (output.getString("summary", "").length() > LONGEST_TEXT
                || output.getString("text", "").length() > LONGEST_TEXT) {
            return Optional.of("Only " + LONGEST_TEXT + " characters are allowed.");
        }
        boolean tooLong = annotations.stream()
                .map(JsonValue::asJsonObject)
                .anyMatch(annotation -> annotation.getString("title", "").length() > LONGEST_TITLE);
        return tooLong ? Optional.of("Only " + LONGEST_TITLE + " characters are allowed.") : Optional.empty();
    }

    private Reply get(Call call, Repository repository) {
        var rest = call.target().rest();
        if (rest.endsWith(OF_COMMIT)) {
            return list(call, repository, rest.substring(0, rest.length() - OF_COMMIT.length()));
        }
        if (rest.endsWith(ANNOTATIONS)) {
            return repository
                    .checks()
                    .find(call.target().id())
                    .map(run -> annotations(call, run))
                    .orElseGet(Replies::notFound);
        }
        return repository
                .checks()
                .find(call.target().id())
                .map(run -> Reply.json(200, run.json()))
                .orElseGet(Replies::notFound);
    }

    private Reply list(Call call, Repository repository, String commit) {
        var name = call.request().parameter("check_name");
        var app = call.request().parameter("app_id");
        var runs = repository.checks().all().reversed().stream()
                .filter(run -> run.headSha().equals(commit))
                .filter(run -> name.map(run.name()::equals).orElse(true))
                .filter(run -> app.map(Long.toString(run.appId())::equals).orElse(true))
                .toList();
        var paging = Paging.of(call.request(), baseUrl.get());
        var json = Json.object()
                .add("total_count", runs.size())
                .add(
                        "check_runs",
                        paging.slice(runs).stream().map(CheckRun::json).collect(Json.toArray()))
                .build();
        return Replies.page(json, paging.links(runs.size()));
    }

    private Reply annotations(Call call, CheckRun run) {
        var paging = Paging.of(call.request(), baseUrl.get());
        var page = paging.slice(run.annotationsInFull()).stream().collect(Json.toArray());
        return Replies.page(page.build(), paging.links(run.annotations()));
    }

    private static Reply create(Call call, InstallationToken token, Repository repository) {
        if (!call.target().rest().isEmpty()) {
            return Replies.notFound();
        }
        if (!call.json().containsKey("name") || !call.json().containsKey("head_sha")) {
            return Replies.unprocessable("Invalid request.\n\n\"name\", \"head_sha\" weren't supplied.");
        }
        var run = repository.checks().create(token.installation().app().id(), call.json());
        return Reply.json(201, run.json());
    }

    private static Reply update(Call call, InstallationToken token, Repository repository) {
        var appId = token.installation().app().id();
        var run = repository.checks().find(call.target().id());
        if (run.isEmpty()) {
            return Replies.notFound();
        }
        if (run.get().appId() != appId) {
            return Replies.message(
                    403,
                    "Invalid app_id `" + appId
                            + "` - check run can only be modified by the GitHub App that created it.");
        }
        return repository
                .checks()
                .update(run.get().id(), call.json())
                .map(updated -> Reply.json(200, updated.json()))
                .orElseGet(Replies::notFound);
    }
}
