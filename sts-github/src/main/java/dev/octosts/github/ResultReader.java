package dev.octosts.github;

import dev.octosts.api.RequestId;
import dev.octosts.github.GitHubJson.MalformedAnswerException;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import jakarta.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes values of GitHub's answers. Nothing is thrown further: a failure is a value, too. */
final class ResultReader {

    /** Operators find these messages under the name of the client. */
    private static final Logger LOG = LoggerFactory.getLogger(GitHub.class);

    private ResultReader() {}

    /** One or more requests that end in one answer. */
    interface ApiQuestion {
        HttpAnswer ask();
    }

    /** Makes a value of a good answer. */
    interface AnswerReading<T> {
        T read(HttpAnswer answer) throws MalformedAnswerException;
    }

    /** Asks, and reads the answer. */
    static <T> GitHubResult<T> ask(ApiQuestion question, AnswerReading<T> reading) {
        HttpAnswer answer;
        try {
            answer = question.ask();
        } catch (NoAnswerException.Paused paused) {
            return new Failure<>(paused.refusal());
        } catch (NoAnswerException.Unsigned unsigned) {
            LOG.atWarn()
                    .addKeyValue("request_id", RequestId.current().value())
                    .log("GitHub is not asked: {}", unsigned.getMessage());
            return new Failure<>(Reason.UNAVAILABLE);
        } catch (NoAnswerException none) {
            // Callers learn that it failed, operators learn why.
            LOG.atWarn()
                    .addKeyValue("request_id", RequestId.current().value())
                    .log("no usable answer of GitHub: {}", none.reason());
            HttpAnswer part = none.answer();
            // Half an answer to a mint may hold a token, which has to be revoked.
            return part != null && part.status() == 201 ? read(part, reading) : new Failure<>(Reason.UNAVAILABLE);
        }
        if (RateLimits.isLimit(answer)) {
            return new Failure<>(Reason.LIMITED);
        }
        return switch (answer.status()) {
            case 200, 201, 204, 304 -> read(answer, reading);
            case 401 -> new Failure<>(Reason.UNAUTHORIZED);
            case 403 -> new Failure<>(Reason.FORBIDDEN);
            case 404 -> new Failure<>(Reason.NOT_FOUND);
            case 422 -> new Failure<>(Reason.UNPROCESSABLE);
            default -> new Failure<>(Reason.UNAVAILABLE);
        };
    }

    private static <T> GitHubResult<T> read(HttpAnswer answer, AnswerReading<T> reading) {
        try {
            return new Success<>(reading.read(answer));
        } catch (MalformedAnswerException | ClassCastException malformed) {
            LOG.debug("GitHub's answer is malformed: {}", malformed.getMessage());
            return new Failure<>(Reason.UNAVAILABLE);
        }
    }

    /** Asks {@code GET /app}. */
    static AppStatus appStatus(ApiQuestion question) {
        try {
            return status(question.ask());
        } catch (NoAnswerException.Unsigned unsigned) {
            return new AppStatus.Unreachable(AppStatus.UnreachableCause.UNSIGNED);
        } catch (NoAnswerException none) {
            return new AppStatus.Unreachable(AppStatus.UnreachableCause.of(none.getCause()));
        }
    }

    private static AppStatus status(HttpAnswer answer) {
        if (RateLimits.isLimit(answer)) {
            return new AppStatus.Unreachable(AppStatus.UnreachableCause.LIMITED);
        }
        // GitHub answers this for an id that no App has, with either status. It has not checked a key then.
        if ((answer.status() == 401 || answer.status() == 404)
                && text(answer, "message").equals("Integration not found")) {
            return new AppStatus.Unreachable(AppStatus.UnreachableCause.NO_SUCH_APP);
        }
        return switch (answer.status()) {
            case 401 -> new AppStatus.Rejected();
            case 403 -> new AppStatus.Unreachable(AppStatus.UnreachableCause.FORBIDDEN);
            case 404 -> new AppStatus.Unreachable(AppStatus.UnreachableCause.NOT_AN_API);
            case 200 -> {
                var slug = text(answer, "slug");
                yield slug.isEmpty()
                        ? new AppStatus.Unreachable(AppStatus.UnreachableCause.NOT_AN_API)
                        : new AppStatus.Known(slug);
            }
            default ->
                new AppStatus.Unreachable(
                        answer.status() >= 500
                                ? AppStatus.UnreachableCause.FAILING
                                : AppStatus.UnreachableCause.NOT_AN_API);
        };
    }

    private static String text(HttpAnswer answer, String name) {
        try {
            return GitHubJson.read(answer.body()) instanceof JsonObject json ? json.getString(name, "") : "";
        } catch (MalformedAnswerException notJson) {
            return "";
        }
    }
}
