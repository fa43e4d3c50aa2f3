package dev.octosts.operators;

import dev.octosts.api.AuditNote;
import dev.octosts.api.Egress;
import dev.octosts.operators.OperatorsSettings.Login;
import dev.octosts.operators.OperatorsSettings.RoleAssignment;
import dev.octosts.sandbox.SandboxClock;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.SandboxIssuer;
import dev.octosts.sandbox.oidc.SandboxIssuers;
import dev.octosts.sandbox.oidc.SandboxLogin;
import dev.octosts.sandbox.oidc.SandboxLogin.Person;
import dev.octosts.sandbox.oidc.TokenBuilder;
import jakarta.json.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The operators' listener with a provider, over real sockets. */
abstract class OperatorsFixture {

    static final String AUDIENCE = "octo-sts-admin";
    static final String CLIENT = "octo-sts-console";
    static final Person ANN = new Person("ann", List.of("platform"));
    static final Person VIC = new Person("vic", List.of("watchers"));
    static final Person NOBODY = new Person("nobody", List.of("others"));

    final SandboxClock clock = new SandboxClock();
    final MemoryStores stores = new MemoryStores();
    final List<AuditNote> notes = new CopyOnWriteArrayList<>();
    final Traffic traffic = new Traffic(clock, Set.of("owner-a"));
    final HttpClient client = HttpClient.newHttpClient();
    final SandboxIssuers issuers = SandboxIssuers.start(clock, 0);
    final SandboxIssuer issuer = newIssuer();
    final SandboxLogin login = new SandboxLogin(CLIENT, Optional.of("the secret"), List.of(ANN, VIC, NOBODY)).as(ANN);
    OperatorsServer server = newServer();

    @BeforeEach
    final void letPeopleIn() {
        issuer.login(login);
    }

    @AfterEach
    final void stop() {
        server.close();
        issuers.close();
        client.close();
    }

    /** With keys that are made in no time. */
    final SandboxIssuer newIssuer() {
        return issuers.create(Algorithm.ES256).algorithms("ES256");
    }

    private OperatorsServer newServer() {
        int port = freePort();
        return OperatorsServer.start(
                new OperatorsSettings(
                        port,
                        issuer.url(),
                        Optional.of(AUDIENCE),
                        Optional.of(new Login(
                                CLIENT, () -> Optional.of("the secret"), URI.create("http://localhost:" + port))),
                        "groups",
                        List.of(
                                new RoleAssignment("watchers", Set.of()),
                                new RoleAssignment("watchers-of-a", Set.of("owner-a"))),
                        List.of(
                                new RoleAssignment("platform", Set.of()),
                                new RoleAssignment("platform-of-a", Set.of("owner-a"))),
                        Optional.empty()),
                new OperatorPorts(stores, stores, stores, stores.recall, stores, traffic, notes::add, clock, stream()),
                egress());
    }

    /** No stream of the audit log. */
    Optional<OperatorPorts.Stream> stream() {
        return Optional.empty();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static Egress egress() {
        try {
            return new Egress(SSLContext.getDefault(), Optional.empty());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A program's token, to be changed. */
    TokenBuilder token(String... groups) {
        return issuer.token()
                .subject("program")
                .audience(AUDIENCE)
                .claim("groups", Json.createArrayBuilder(List.of(groups)).build());
    }

    String bearer(String... groups) {
        return "Bearer " + token(groups).sign();
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(address(path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sent(request.build());
    }

    HttpResponse<String> sent(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> as(String bearer, String path) {
        return get(path, "Authorization", bearer);
    }

    URI address(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    /** A browser: it keeps cookies, and follows redirects only when it is asked to. */
    final class Browser {

        private final Map<String, String> cookies = new TreeMap<>();

        /** Where the provider sends it back to after a login that it begins here. */
        URI beginLogin(String to) {
            var begun = get("/login?to=" + to);
            var atProvider =
                    sent(HttpRequest.newBuilder(URI.create(location(begun))).build());
            return URI.create(location(atProvider));
        }

        HttpResponse<String> logIn() {
            return get(pathOf(beginLogin("/")));
        }

        HttpResponse<String> get(String path) {
            return kept(OperatorsFixture.this.send("GET", path, "", headers()));
        }

        HttpResponse<String> post(String path, String form) {
            return kept(OperatorsFixture.this.send("POST", path, form, headers()));
        }

        /** What its forms send. */
        String csrf() {
            var page = get("/").body();
            int at = page.indexOf("name=\"csrf\" value=\"");
            return at < 0 ? "" : page.substring(at + 19, page.indexOf('"', at + 19));
        }

        Map<String, String> cookies() {
            return cookies;
        }

        private String[] headers() {
            return new String[] {
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Cookie",
                cookies.isEmpty()
                        ? "none=1"
                        : cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; "))
            };
        }

        private HttpResponse<String> kept(HttpResponse<String> answer) {
            for (String cookie : answer.headers().allValues("set-cookie")) {
                String pair = cookie.substring(0, cookie.indexOf(';'));
                int equals = pair.indexOf('=');
                if (cookie.contains("Max-Age=0")) {
                    cookies.remove(pair.substring(0, equals));
                } else {
                    cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
            return answer;
        }
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("location")
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
    }

    static String pathOf(URI address) {
        return address.getRawPath() + "?" + address.getRawQuery();
    }
}
