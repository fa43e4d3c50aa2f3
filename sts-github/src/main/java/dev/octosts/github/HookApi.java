package dev.octosts.github;

import dev.octosts.api.GitHubCall.Endpoint;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;

/**
 * Reads the list of deliveries to an App's webhook with their results, and requests redeliveries.
 *
 * @see <a href="https://docs.github.com/rest/apps/webhooks">GitHub: the webhook of an App</a>
 */
public final class HookApi {

    private static final int PAGE = 100;
    private static final Pattern NEXT =
            Pattern.compile("<[^<>]*[?&]cursor=([^&<>]{1,200})[^<>]*>\\s*;\\s*rel=\"next\"");

    private final Transport transport;
    private final Addresses addresses;

    HookApi(Transport transport, Addresses addresses) {
        this.transport = transport;
        this.addresses = addresses;
    }

    /**
     * One attempt to deliver.
     *
     * @param id of the attempt
     * @param guid of the delivery, the same for every attempt
     * @param event the kind of event
     * @param at when
     * @param status our HTTP status, or 0 when there was none
     */
    public record Attempt(long id, String guid, String event, Instant at, int status) {}

    /**
     * A page of attempts, the latest first.
     *
     * @param attempts the attempts of the page
     * @param next where the next page begins; empty on the last one
     */
    public record Page(List<Attempt> attempts, Optional<String> next) {

        public Page {
            attempts = List.copyOf(attempts);
        }
    }

    /** Lists a page of attempts, the first one for an empty cursor. */
    public GitHubResult<Page> list(GitHubApp app, String cursor) {
        String from = cursor.isEmpty() ? "" : "&cursor=" + Addresses.segment(cursor);
        return ResultReader.ask(
                () -> transport.answered(
                        new Call(Endpoint.DELIVERIES, app, "", 0),
                        GitHub.authorized(new HttpGet(addresses.deliveries("?per_page=" + PAGE + from)), app.jwt())),
                GitHubJson.documented(answer -> new Page(attempts(answer), next(answer))));
    }

    /** Where the next page begins, as the header says; empty on the last one. */
    private static Optional<String> next(HttpAnswer answer) {
        String link = answer.header("Link");
        if (link == null) {
            return Optional.empty();
        }
        Matcher found = NEXT.matcher(link);
        return found.find() ? Optional.of(URLDecoder.decode(found.group(1), StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** Asks GitHub to repeat a delivery. */
    public GitHubResult<Boolean> redeliver(GitHubApp app, long attempt) {
        return ResultReader.ask(
                () -> {
                    var request = GitHub.authorized(
                            new HttpPost(addresses.deliveries("/" + attempt + "/attempts")), app.jwt());
                    HttpAnswer answer = transport.answered(new Call(Endpoint.DELIVERIES, app, "", 0), request);
                    // Nowhere else is 202 a good answer.
                    return answer.status() == 202 ? new HttpAnswer(200, answer.headers(), answer.body()) : answer;
                },
                answer -> true);
    }

    private static List<Attempt> attempts(HttpAnswer answer) throws GitHubJson.MalformedAnswerException {
        return GitHubJson.read(answer.body()).asJsonArray().stream()
                .map(JsonValue::asJsonObject)
                .map(HookApi::attempt)
                .toList();
    }

    private static Attempt attempt(JsonObject json) {
        return new Attempt(
                json.getJsonNumber("id").longValueExact(),
                json.getString("guid"),
                json.getString("event", ""),
                Instant.parse(json.getString("delivered_at")),
                json.getInt("status_code", 0));
    }
}
