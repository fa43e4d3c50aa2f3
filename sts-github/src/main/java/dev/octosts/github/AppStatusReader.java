package dev.octosts.github;

import dev.octosts.github.GitHubJson.MalformedException;
import jakarta.json.JsonObject;

/** Reads from GitHub's answer what it says about an App. */
final class AppStatusReader {

    private AppStatusReader() {}

    /** Reads the answer to {@code GET /app}. */
    static AppStatus of(HttpAnswer answer) {
        if (RateLimits.isLimit(answer)) {
            return new AppStatus.Unreachable(AppStatus.Cause.LIMITED);
        }
        // GitHub answers this for an id that no App has, with either status. It has not checked a key then.
        if ((answer.status() == 401 || answer.status() == 404)
                && text(answer, "message").equals("Integration not found")) {
            return new AppStatus.Unreachable(AppStatus.Cause.NO_SUCH_APP);
        }
        return switch (answer.status()) {
            case 401 -> new AppStatus.Rejected();
            case 403 -> new AppStatus.Unreachable(AppStatus.Cause.FORBIDDEN);
            case 404 -> new AppStatus.Unreachable(AppStatus.Cause.NOT_AN_API);
            case 200 -> {
                var slug = text(answer, "slug");
                yield slug.isEmpty()
                        ? new AppStatus.Unreachable(AppStatus.Cause.NOT_AN_API)
                        : new AppStatus.Known(slug);
            }
            default ->
                new AppStatus.Unreachable(
                        answer.status() >= 500 ? AppStatus.Cause.FAILING : AppStatus.Cause.NOT_AN_API);
        };
    }

    /** Reads why there is no answer. */
    static AppStatus of(NoAnswerException none) {
        return new AppStatus.Unreachable(AppStatus.Cause.of(none.getCause()));
    }

    private static String text(HttpAnswer answer, String name) {
        try {
            return GitHubJson.read(answer.body()) instanceof JsonObject json ? json.getString(name, "") : "";
        } catch (MalformedException notJson) {
            return "";
        }
    }
}
