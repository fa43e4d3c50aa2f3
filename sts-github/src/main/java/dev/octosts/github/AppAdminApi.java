package dev.octosts.github;

import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.github.GitHubResult.Success;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls to GitHub that create an App or read its settings. An exchange never makes them.
 *
 * @see <a href="https://docs.github.com/rest/apps">GitHub: Apps</a>
 */
public final class AppAdminApi {

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 50;

    private final Transport transport;
    private final URI base;
    private final Clock clock;

    AppAdminApi(Transport transport, URI base, Clock clock) {
        this.transport = transport;
        this.base = base;
        this.clock = clock;
    }

    /**
     * An App as GitHub knows it.
     *
     * @param permissions the permissions that it requests, by name
     * @param events the kinds of event that it receives
     */
    public record Registered(String slug, String owner, Map<String, String> permissions, List<String> events) {

        public Registered {
            permissions = Map.copyOf(permissions);
            events = List.copyOf(events);
        }
    }

    /**
     * Whether GitHub accepts the App's key.
     *
     * @param app the App, or why GitHub did not name it
     * @param ahead how far this machine's clock is ahead of GitHub's, to the second; negative when it is behind; empty
     *     when GitHub did not send the time
     */
    public record Introduction(GitHubResult<Registered> app, Optional<Duration> ahead) {}

    /**
     * The settings of an App's webhook.
     *
     * @param url empty when the App has no webhook
     * @param contentType {@code json} or {@code form}
     * @param signed whether there is a secret
     * @param verifiesTls whether GitHub checks the receiver's certificate
     */
    public record Hook(String url, String contentType, boolean signed, boolean verifiesTls) {}

    /**
     * An installation with the permissions that the account granted.
     *
     * @param installation the App's installation on the account
     * @param selection {@code all} or {@code selected}
     * @param permissions by name
     */
    public record Granted(Installation installation, String selection, Map<String, String> permissions) {

        public Granted {
            permissions = Map.copyOf(permissions);
        }
    }

    /**
     * The installations of an App.
     *
     * @param found the first of them, up to 5 000
     * @param complete whether these are all
     */
    public record InstallationList(List<Granted> found, boolean complete) {

        public InstallationList {
            found = List.copyOf(found);
        }
    }

    /**
     * Completes the creation of an App from a manifest. A code works once and for an hour.
     *
     * @see <a href="https://docs.github.com/rest/apps/apps#create-a-github-app-from-a-manifest">GitHub: create an App
     *     from a manifest</a>
     */
    public GitHubResult<NewApp> convert(String code) {
        var request = new HttpPost(URI.create(base + "/app-manifests/" + Addresses.segment(code) + "/conversions"));
        request.setHeader("Accept", "application/vnd.github+json");
        return ResultReader.ask(() -> transport.anonymous(request), GitHubJson.documented(answer -> {
            JsonObject app = GitHubJson.read(answer.body()).asJsonObject();
            return new NewApp(
                    app.getJsonNumber("id").longValueExact(),
                    app.getString("slug", ""),
                    app.getString("html_url", ""),
                    app.getJsonObject("owner").getString("login"),
                    app.getString("pem"),
                    app.get("webhook_secret") instanceof JsonString secret ? secret.getString() : "");
        }));
    }

    /** Asks GitHub which App the key belongs to. This needs the App's key and a correct clock. */
    public Introduction introduce(GitHubApp app) {
        var dates = new ArrayList<String>();
        GitHubResult<Registered> answer = ResultReader.ask(
                () -> {
                    HttpAnswer got = get(app, "/app");
                    Optional.ofNullable(got.header("Date")).ifPresent(dates::add);
                    return got;
                },
                GitHubJson.documented(got -> {
                    JsonObject json = GitHubJson.read(got.body()).asJsonObject();
                    return new Registered(
                            json.getString("slug", ""),
                            json.get("owner") instanceof JsonObject owner ? owner.getString("login", "") : "",
                            texts(json.get("permissions")),
                            list(json.get("events")));
                }));
        return new Introduction(answer, dates.stream().findFirst().flatMap(this::ahead));
    }

    private Optional<Duration> ahead(String date) {
        try {
            Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.ofSeconds(clock.instant().getEpochSecond() - theirs.getEpochSecond()));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Reads the settings of the App's webhook. */
    public GitHubResult<Hook> hook(GitHubApp app) {
        return ResultReader.ask(() -> get(app, "/app/hook/config"), GitHubJson.documented(answer -> {
            JsonObject hook = GitHubJson.read(answer.body()).asJsonObject();
            return new Hook(
                    hook.getString("url", ""),
                    hook.getString("content_type", ""),
                    !hook.getString("secret", "").isEmpty(),
                    !"1".equals(number(hook.get("insecure_ssl"))));
        }));
    }

    /** GitHub writes this flag as text, and older versions write it as a number. */
    private static String number(@Nullable JsonValue value) {
        return switch (value) {
            case JsonString text -> text.getString();
            case JsonNumber number -> number.toString();
            case null, default -> "";
        };
    }

    /** Lists the installations of the App. */
    public GitHubResult<InstallationList> installations(GitHubApp app) {
        var all = new ArrayList<Granted>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            String path = "/app/installations?per_page=" + PAGE + "&page=" + page;
            GitHubResult<List<Granted>> answer =
                    ResultReader.ask(() -> get(app, path), GitHubJson.documented(got -> granted(got.body())));
            if (!(answer instanceof Success<List<Granted>>(var found))) {
                return answer.map(_ -> new InstallationList(List.of(), false));
            }
            all.addAll(found);
            if (found.size() < PAGE) {
                return new Success<>(new InstallationList(all, true));
            }
        }
        return new Success<>(new InstallationList(all, false));
    }

    private static List<Granted> granted(byte[] body) throws GitHubJson.MalformedAnswerException {
        return GitHubJson.read(body).asJsonArray().stream()
                .map(JsonValue::asJsonObject)
                .map(json -> new Granted(
                        GitHubJson.installation(json),
                        json.getString("repository_selection", ""),
                        texts(json.get("permissions"))))
                .toList();
    }

    private HttpAnswer get(GitHubApp app, String path) {
        var request = GitHub.authorized(new HttpGet(URI.create(base + path)), app.jwt());
        return transport.answered(new Call(Endpoint.APP, app, "", 0), request);
    }

    private static Map<String, String> texts(@Nullable JsonValue value) {
        return value instanceof JsonObject object
                ? object.keySet().stream().collect(Collectors.toMap(name -> name, object::getString))
                : Map.of();
    }

    private static List<String> list(@Nullable JsonValue value) {
        return value instanceof JsonArray array
                ? array.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList()
                : List.of();
    }
}
