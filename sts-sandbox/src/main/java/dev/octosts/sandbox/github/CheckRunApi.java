package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;

/**
 * Check runs. Only the App that made one may change it.
 *
 * @see <a href="https://docs.github.com/en/rest/checks/runs">Check runs</a>
 */
final class CheckRunApi {
    private static final int MOST_ANNOTATIONS = 50;

    private CheckRunApi() {}

    static Reply reply(Call call, InstallationToken token, Repository repository) {
        boolean reading = call.method().equals("GET");
        if (!token.permissions().allow("checks", reading ? Level.READ : Level.WRITE)) {
            return Replies.forbidden();
        }
        int annotations = CheckRuns.annotations(call.json()).size();
        if (annotations > MOST_ANNOTATIONS) {
            return Replies.unprocessable("Invalid request.\n\nNo more than " + MOST_ANNOTATIONS + " items are allowed; "
                    + annotations + " were supplied.");
        }
        return switch (call.method()) {
            case "GET" -> get(call, repository);
            case "POST" -> create(call, token, repository);
            case "PATCH" -> update(call, token, repository);
            default -> Replies.notFound();
        };
    }

    private static Reply get(Call call, Repository repository) {
        return repository
                .checks()
                .find(call.target().id())
                .map(run -> Reply.json(200, run.json()))
                .orElseGet(Replies::notFound);
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
