package dev.octosts.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.github.Installation;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Calls the sandbox as a service would, with the JDK's client. */
public final class Client implements AutoCloseable {
    private final Sandbox sandbox;
    private final Clock clock;
    private final HttpClient http;

    public Client(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.clock = sandbox.clock();
        this.http = HttpClient.newBuilder()
                .sslContext(sandbox.authority().clientContext())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    public HttpResponse<String> get(String credential, String path, String... headers) {
        return call(credential, "GET", path, "", headers);
    }

    public HttpResponse<String> post(String credential, String path, String body, String... headers) {
        return call(credential, "POST", path, body, headers);
    }

    public HttpResponse<String> call(String credential, String method, String path, String body, String... headers) {
        var builder = HttpRequest.newBuilder(URI.create(sandbox.github().baseUri() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(20));
        if (!credential.isEmpty()) {
            builder.header("Authorization", "Bearer " + credential);
        }
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return send(builder.build());
    }

    public HttpResponse<String> fetch(String url) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String jwt(GitHubApp app) {
        var now = clock.instant();
        return jwt(app, now.minusSeconds(60), now.plusSeconds(540));
    }

    public String jwt(GitHubApp app, Instant issued, Instant expires) {
        return jwt(app, Long.toString(app.id()), issued, expires);
    }

    public String jwt(GitHubApp signer, String issuer, Instant issued, Instant expires) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.RS256),
                    new JWTClaimsSet.Builder()
                            .issuer(issuer)
                            .issueTime(Date.from(issued))
                            .expirationTime(Date.from(expires))
                            .build());
            jwt.sign(new RSASSASigner(signer.privateKey()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer of a mint with this body. */
    public HttpResponse<String> mint(Installation installation, String body, String... headers) {
        var path = "/app/installations/" + installation.id() + "/access_tokens";
        return post(jwt(installation.app()), path, body, headers);
    }

    /** A token with all that the body asks for. */
    public String token(Installation installation, String body) {
        var answer = mint(installation, body);
        if (answer.statusCode() != 201) {
            throw new AssertionError("mint: " + answer.statusCode() + " " + answer.body());
        }
        return object(answer).getString("token");
    }

    public static JsonObject object(HttpResponse<String> answer) {
        return parse(answer).asJsonObject();
    }

    public static JsonArray array(HttpResponse<String> answer) {
        return parse(answer).asJsonArray();
    }

    public static String message(HttpResponse<String> answer) {
        return object(answer).getString("message");
    }

    public static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static JsonStructure parse(HttpResponse<String> answer) {
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.read();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
