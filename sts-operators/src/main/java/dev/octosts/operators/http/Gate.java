package dev.octosts.operators.http;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.access.MachineTokens;
import dev.octosts.operators.access.MachineTokens.Proof;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.access.Operator;
import dev.octosts.operators.access.OperatorSessions;
import dev.octosts.operators.access.OperatorSessions.LoggedIn;
import dev.octosts.operators.http.OperatorRoute.Kind;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way to a route. It knows the whole table, finds out who calls, and lets a call on when its caller has what
 * the route needs; a call of a browser that changes something must come from a page of this console.
 */
public final class Gate implements Handler {

    /** In this header a script with a session sends what forms have in a field. */
    public static final String CSRF_HEADER = "X-CSRF-Token";

    /** The field of forms. */
    public static final String CSRF_FIELD = "csrf";

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final String BEARER = "bearer ";
    private static final int LONGEST_BODY = 16 * 1024;

    private static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private final List<OperatorRoute> routes;
    private final Doors doors;

    /**
     * What the gate needs to find out who calls.
     *
     * @param tokens of programs
     * @param sessions of people
     * @param cookie the name of the cookie with the session
     * @param login where people log in; empty when they cannot
     * @param errors makes pages of failures
     */
    public record Doors(
            MachineTokens tokens,
            OperatorSessions sessions,
            String cookie,
            Optional<String> login,
            ErrorPages errors) {}

    /** Makes pages of failures. */
    @FunctionalInterface
    public interface ErrorPages {
        String page(int status, String message);
    }

    /** A gate in front of these routes. */
    public Gate(List<OperatorRoute> routes, Doors doors) {
        this.routes = List.copyOf(routes);
        this.doors = doors;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        String path = request.prologue().uriPath().rawPath();
        Kind kind = path.startsWith("/api/") ? Kind.API : Kind.PAGE;
        OperatorAnswer answer;
        try {
            answer = answer(request, path);
        } catch (CallRefused refused) {
            answer = failure(kind, refused.status(), refused.text());
        } catch (StoreException failed) {
            LOG.warn("the database does not answer an operator: {}", failed.getMessage());
            answer = failure(kind, 503, "the database does not answer in time; ask for less, or try again in a moment");
        } catch (RuntimeException fault) {
            LOG.error("a request of an operator failed", fault);
            answer = failure(kind, 500, "internal error; the log has the cause");
        }
        send(answer, response);
    }

    private OperatorAnswer answer(ServerRequest request, String path) throws StoreException {
        String method = request.prologue().method().text();
        List<OperatorRoute> here =
                routes.stream().filter(route -> route.match(path).isPresent()).toList();
        if (here.isEmpty()) {
            throw new CallRefused(404, "there is nothing at this address");
        }
        Optional<OperatorRoute> wanted =
                here.stream().filter(route -> route.method().equals(method)).findFirst();
        if (wanted.isEmpty()) {
            return failure(here.getFirst().kind(), 405, "this address does not take " + known(method))
                    .with("Allow", here.stream().map(OperatorRoute::method).collect(Collectors.joining(", ")));
        }
        return answer(request, wanted.get(), path);
    }

    private static String known(String method) {
        return method.matches("[A-Z]{1,10}") ? method : "this method";
    }

    private OperatorAnswer answer(ServerRequest request, OperatorRoute route, String path) throws StoreException {
        Map<String, String> cookies = cookies(request);
        Optional<LoggedIn> session = Optional.empty();
        Operator operator = OperatorCall.STRANGER;
        Optional<String> bearer = bearer(request);
        if (bearer.isPresent() && route.need() != Need.NOTHING) {
            operator = proven(bearer.get());
        } else {
            session = Optional.ofNullable(cookies.get(doors.cookie())).flatMap(doors.sessions()::find);
            if (session.isPresent()) {
                operator = session.get().operator();
            } else if (route.need() != Need.NOTHING) {
                return unknownCaller(request, route, path);
            }
        }
        if (!route.need().isMetBy(operator)) {
            throw new CallRefused(403, "your role does not allow this; ask the person who manages your groups");
        }
        String body = body(request);
        if (route.changes() && session.isPresent()) {
            checkOrigin(request, session.get(), body);
        }
        return route.handler()
                .answer(new OperatorCall(
                        operator,
                        session,
                        path,
                        route.match(path).orElse(""),
                        UrlPairs.read(request.prologue().query().rawValue()),
                        cookies,
                        body));
    }

    private Operator proven(String token) {
        return switch (doors.tokens().check(token)) {
            case Proof.Proven(var operator) -> operator;
            case Proof.NoRole() ->
                throw new CallRefused(403, "the token is valid, and none of its groups has a role here");
            case Proof.Nobody() ->
                throw new CallRefused(
                        401, "the token is not valid here; it must be of the operators' provider, for this audience");
            case Proof.Unknown() ->
                throw CallRefused.unavailable("the identity provider does not answer; try again in a moment");
        };
    }

    private OperatorAnswer unknownCaller(ServerRequest request, OperatorRoute route, String path) {
        if (route.kind() == Kind.API || doors.login().isEmpty() || route.changes()) {
            return failure(route.kind(), 401, "log in, or send a token of the operators' provider")
                    .with("WWW-Authenticate", "Bearer");
        }
        String query = request.prologue().query().rawValue();
        return OperatorAnswer.seeOther(
                doors.login().get() + "?to=" + UrlPairs.encoded(query.isEmpty() ? path : path + "?" + query));
    }

    /** A page of another site cannot know the session's secret. */
    private static void checkOrigin(ServerRequest request, LoggedIn session, String body) {
        String given = request.headers()
                .first(HeaderNames.create(CSRF_HEADER))
                .or(() -> isForm(request)
                        ? Optional.ofNullable(UrlPairs.read(body).get(CSRF_FIELD))
                        : Optional.empty())
                .orElse("");
        boolean elsewhere =
                request.headers().first(FETCH_SITE).filter("cross-site"::equals).isPresent();
        if (elsewhere
                || !MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), session.csrf().getBytes(StandardCharsets.UTF_8))) {
            throw new CallRefused(403, "this does not come from a page of this console; load the page again");
        }
    }

    private static boolean isForm(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.CONTENT_TYPE)
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
    }

    private static Optional<String> bearer(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(text -> text.substring(BEARER.length()).strip());
    }

    /** The first value counts: a cookie of a narrower path, which another program on this host may set, comes first. */
    private static Map<String, String> cookies(ServerRequest request) {
        var cookies = new HashMap<String, String>();
        request.headers().all(HeaderNames.COOKIE, List::of).stream()
                .flatMap(header -> List.of(header.split(";")).stream())
                .map(String::strip)
                .filter(pair -> pair.indexOf('=') > 0)
                .forEach(pair -> cookies.putIfAbsent(
                        pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1)));
        return cookies;
    }

    private static String body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return "";
        }
        try (var in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(LONGEST_BODY + 1);
            if (bytes.length > LONGEST_BODY) {
                throw new CallRefused(413, "more than " + LONGEST_BODY + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private OperatorAnswer failure(Kind kind, int status, String message) {
        return switch (kind) {
            case API ->
                OperatorAnswer.json(
                        status, Json.createObjectBuilder().add("error", message).build());
            case PAGE -> OperatorAnswer.page(status, doors.errors().page(status, message));
        };
    }

    private static void send(OperatorAnswer answer, ServerResponse response) {
        response.status(Status.create(answer.status()));
        HEADERS.forEach((name, value) -> response.header(HeaderNames.create(name), value));
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (!answer.cookies().isEmpty()) {
            response.header(HeaderNames.SET_COOKIE, answer.cookies().toArray(String[]::new));
        }
        switch (answer.body()) {
            case OperatorAnswer.Body.Whole(var text) -> response.send(OperatorAnswer.bytes(text));
            case OperatorAnswer.Body.Streamed(var writing, var after) -> {
                try {
                    // Closed when it is whole only: the end of a body that ends too early must not look like its end.
                    OutputStream out = response.outputStream();
                    writing.to(out);
                    out.close();
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                } catch (StoreException failed) {
                    throw new IllegalStateException("the database does not answer an export", failed);
                } finally {
                    after.run();
                }
            }
        }
    }
}
