package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Handler;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Handles one call from its arrival to its answer: the caller, the rate limit, faults, the reply and its common
 * headers.
 */
final class GitHubServer implements Handler {
    private final Clock clock;
    private final World world;
    private final Router router;
    private final Credentials credentials;
    private final AppApi appApi;
    private final InstallationApi installationApi;
    private final ManifestApi manifestApi;
    private final CallLog log = new CallLog();
    private final List<PlannedFault> faults = new CopyOnWriteArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean rateLimited = true;

    GitHubServer(Clock clock, World world, Tokens tokens, Supplier<String> baseUrl) {
        this.clock = clock;
        this.world = world;
        this.router = new Router(world);
        this.credentials = new Credentials(new AppJwts(world, clock), tokens, clock);
        this.appApi = new AppApi(world, new Minting(world, tokens), baseUrl);
        this.manifestApi = new ManifestApi(world, clock, baseUrl);
        this.installationApi = new InstallationApi(world, baseUrl);
    }

    CallLog log() {
        return log;
    }

    List<PlannedFault> faults() {
        return faults;
    }

    void rateLimited(boolean enforced) {
        rateLimited = enforced;
    }

    @Override
    public Answer handle(Request incoming) {
        var request = incoming.withPath(Router.withoutPrefix(incoming.path()));
        var call = arrived(request);
        log.add(call);
        var limit = limit(call.caller());
        boolean allowed = call.kind() == CallKind.RATE_LIMIT
                || limit.map(rate -> rate.take(call.at())).orElse(true)
                || !rateLimited;
        var answer = answer(call, allowed);
        if (answer instanceof Reply reply && reply.status() == 304) {
            limit.ifPresent(RateLimit::giveBack);
        }
        log.answered(call, status(answer));
        return dressed(answer, headers(limit));
    }

    private Call arrived(Request request) {
        var target = router.route(request.path());
        var caller = credentials.identify(request);
        var installation = switch (caller) {
            case Caller.AsInstallation(var token) -> Optional.of(token.installation());
            case Caller.AsApp _, Caller.Anonymous _, Caller.Refused _ ->
                target.kind() == CallKind.MINT ? world.installation(target.id()) : Optional.<Installation>empty();
        };
        var arrival = new Call.Arrival(numbers.incrementAndGet(), clock.instant());
        return new Call(arrival, request, target, caller, installation);
    }

    private static Optional<RateLimit> limit(Caller caller) {
        return switch (caller) {
            case Caller.AsApp(var app) -> Optional.of(app.rateLimit());
            case Caller.AsInstallation(var token) ->
                Optional.of(token.installation().rateLimit());
            case Caller.Anonymous _, Caller.Refused _ -> Optional.empty();
        };
    }

    private Answer answer(Call call, boolean allowed) {
        for (var fault : faults) {
            if (fault.strikes(call)) {
                return fault.fault().answer(call, () -> reply(call));
            }
        }
        return allowed ? reply(call) : Replies.primaryLimit(403);
    }

    private Reply reply(Call call) {
        var reply = switch (call.caller()) {
            case Caller.AsApp(var app) -> appApi.reply(call, app);
            case Caller.AsInstallation(var token) -> installationApi.reply(call, token);
            case Caller.Refused(var message) -> Replies.unauthorized(message);
            // Repositories here are private: for a caller without access they do not exist.
            case Caller.Anonymous _ ->
                switch (call.kind()) {
                    case MANIFEST_FORM, MANIFEST_CONVERSION -> manifestApi.reply(call);
                    default ->
                        call.target().repository() == null
                                ? Replies.unauthorized("Requires authentication")
                                : Replies.notFound();
                };
        };
        boolean tagged = call.target().repository() != null && call.method().equals("GET") && reply.status() == 200;
        return tagged ? conditional(call, reply) : reply;
    }

    /** RFC 9110, section 13.1.2: {@code If-None-Match} compares weakly. */
    private static Reply conditional(Call call, Reply reply) {
        var tag = '"' + Shas.ofBlob(reply.body()) + '"';
        boolean unchanged = call.header("if-none-match")
                .filter(known -> known.contains(tag))
                .isPresent();
        return unchanged ? Reply.empty(304).with("ETag", "W/" + tag) : reply.with("ETag", "W/" + tag);
    }

    private static int status(Answer answer) {
        return switch (answer) {
            case Reply reply -> reply.status();
            case Answer.Delayed delayed -> status(delayed.then());
            case Answer.Dripped dripped -> dripped.reply().status();
            case Answer.Truncated truncated -> truncated.reply().status();
            case Answer.Hang _, Answer.Reset _ -> 0;
        };
    }

    private static Map<String, String> headers(Optional<RateLimit> limit) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("X-GitHub-Media-Type", "github.v3; format=json");
        headers.put(
                "X-GitHub-Request-Id",
                Long.toHexString(ThreadLocalRandom.current().nextLong()));
        limit.ifPresent(rate -> headers.putAll(rate.headers()));
        return headers;
    }

    /** Headers that the answer itself sets win. */
    private static Answer dressed(Answer answer, Map<String, String> headers) {
        return switch (answer) {
            case Reply reply -> dressed(reply, headers);
            case Answer.Delayed(var delay, var then) -> new Answer.Delayed(delay, dressed(then, headers));
            case Answer.Dripped(var reply, var pause) -> new Answer.Dripped(dressed(reply, headers), pause);
            case Answer.Truncated(var reply, var bytes) -> new Answer.Truncated(dressed(reply, headers), bytes);
            case Answer.Hang hang -> hang;
            case Answer.Reset reset -> reset;
        };
    }

    private static Reply dressed(Reply reply, Map<String, String> headers) {
        return new Reply(reply.status(), headers, reply.body()).with(reply.headers());
    }
}
