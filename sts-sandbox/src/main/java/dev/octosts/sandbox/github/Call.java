package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Request;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A call that GitHub received. It is logged when it arrives; its status is known after it was answered. */
public final class Call {
    private final long number;
    private final Instant at;
    private final Request request;
    private final Target target;
    private final Caller caller;
    private final Optional<Installation> installation;
    private final Optional<JsonStructure> body;
    private final Optional<FilesQuestion> question;
    private volatile int status;
    private volatile @Nullable InstallationToken minted;

    Call(Arrival arrival, Request request, Target target, Caller caller, Optional<Installation> installation) {
        this.number = arrival.number();
        this.at = arrival.at();
        this.request = request;
        this.target = target;
        this.caller = caller;
        this.installation = installation;
        this.body = request.body().length == 0 ? Optional.empty() : Json.parse(request.body());
        this.question = target.kind() == CallKind.CONTENT && target.owner() == null
                ? FilesQuestion.of(json())
                : Optional.empty();
    }

    /** The number of the call, and the sandbox's time of its arrival. */
    record Arrival(long number, Instant at) {}

    public long number() {
        return number;
    }

    public Instant at() {
        return at;
    }

    public CallKind kind() {
        return target.kind();
    }

    public String method() {
        return request.method();
    }

    /** The path, percent-encoded as received, without the prefix {@code /api/v3}. */
    public String path() {
        return request.path();
    }

    public Map<String, String> query() {
        return request.query();
    }

    public Optional<String> header(String name) {
        return request.header(name);
    }

    /** The body, or an empty object when there was none. */
    public JsonObject json() {
        return body.filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElse(JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Whether there is a body that is not JSON. */
    boolean malformed() {
        return request.body().length > 0 && body.isEmpty();
    }

    /** The account that the call is about: the one in the path, or that of the installation. */
    public Optional<String> owner() {
        return Optional.ofNullable(target.owner())
                .or(() -> installation.map(found -> found.account().login()));
    }

    public Optional<String> repository() {
        return Optional.ofNullable(target.repository()).or(() -> question.map(FilesQuestion::repository));
    }

    /** The paths of the files, on calls for contents: one, or several when they are asked for in GraphQL. */
    public List<String> files() {
        if (kind() != CallKind.CONTENT) {
            return List.of();
        }
        return question.map(asked -> List.copyOf(asked.paths().values())).orElseGet(() -> List.of(target.rest()));
    }

    Optional<FilesQuestion> question() {
        return question;
    }

    /** The installation that the call is for (a mint) or from (by its token). */
    public OptionalLong installationId() {
        return installation.map(found -> OptionalLong.of(found.id())).orElseGet(OptionalLong::empty);
    }

    /** The App that calls, by its JWT or by one of its tokens. */
    public OptionalLong appId() {
        return switch (caller) {
            case Caller.AsApp(var app) -> OptionalLong.of(app.id());
            case Caller.AsInstallation(var token) ->
                OptionalLong.of(token.installation().app().id());
            case Caller.Anonymous _, Caller.Refused _ -> OptionalLong.empty();
        };
    }

    /** The installation token that the call was made with. */
    public Optional<InstallationToken> token() {
        return caller instanceof Caller.AsInstallation(var token) ? Optional.of(token) : Optional.empty();
    }

    /** A mint that asks for {@code contents: read} and nothing else, as it is done to read policies. */
    public boolean readMint() {
        return kind() == CallKind.MINT && MintRequest.asksToReadContents(json());
    }

    /** A mint for a caller of the service: any mint except {@link #readMint}. */
    public boolean finalMint() {
        return kind() == CallKind.MINT && !readMint();
    }

    /** The HTTP status of the answer; 0 while there is none, and for calls whose connection was closed without one. */
    public int status() {
        return status;
    }

    /** The token that this call created. */
    public Optional<InstallationToken> minted() {
        return Optional.ofNullable(minted);
    }

    Target target() {
        return target;
    }

    Caller caller() {
        return caller;
    }

    Request request() {
        return request;
    }

    void answered(int code) {
        status = code;
    }

    void created(InstallationToken token) {
        minted = token;
    }

    @Override
    public String toString() {
        return number + " " + kind() + " " + request + " " + status;
    }
}
