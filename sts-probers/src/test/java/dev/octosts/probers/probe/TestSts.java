package dev.octosts.probers.probe;

import dev.octosts.probers.ServiceAddress;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A small token service in front of the sandbox's GitHub: sound, or with one defect. */
final class TestSts implements AutoCloseable {

    static final String DOMAIN = "sts.example.com";
    static final String SUBJECT = "the-prober";
    static final String IDENTITY = "prober";
    static final String SOMEBODY_ELSES = "somebody-else";
    static final Duration DELAY = Duration.ofMillis(600);

    private static final Map<String, String> SUBJECTS = Map.of(IDENTITY, SUBJECT, SOMEBODY_ELSES, "another");
    private static final String DEAD_TOKEN = "ghs_" + "0".repeat(36);

    private final Sandbox sandbox;
    private final DemoWorld world;
    private final Optional<Defect> defect;
    private final LoopbackServer server;
    private final HttpClient http;
    private final AtomicInteger requests = new AtomicInteger();

    TestSts(Sandbox sandbox, DemoWorld world, Optional<Defect> defect) {
        this.sandbox = sandbox;
        this.world = world;
        this.defect = defect;
        this.http = HttpClient.newBuilder()
                .sslContext(sandbox.authority().clientContext())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.server = LoopbackServer.start(this::answer, 0, null);
    }

    ServiceAddress address() {
        return ServiceAddress.of("http://127.0.0.1:" + server.port());
    }

    int requests() {
        return requests.get();
    }

    private boolean has(Defect one) {
        return defect.filter(one::equals).isPresent();
    }

    private Answer answer(Request request) {
        int number = requests.incrementAndGet();
        return switch (defect.orElse(Defect.IS_SLOW)) {
            case IS_DOWN -> problem(503, 14, "unavailable");
            case IS_ANOTHER_SERVICE -> Reply.of(200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8));
            case IS_BEHIND_A_REDIRECT -> Reply.empty(302).with("Location", "https://login.example.com/");
            case HANGS_UP -> new Answer.Reset();
            case FLAPS -> number % 2 == 0 ? problem(503, 14, "unavailable") : exchange(request);
            case IS_SLOW -> defect.isPresent() ? new Answer.Delayed(DELAY, exchange(request)) : exchange(request);
            case LEAKS_THE_BEARER_IN_ERRORS ->
                problem(403, 7, "not you: " + request.header("authorization").orElse(""));
            default -> exchange(request);
        };
    }

    private Reply exchange(Request request) {
        if (has(Defect.REFUSES_EVERYBODY)) {
            return problem(403, 7, "trust policy: subject \"x\" did not match \"y\"");
        }
        var bearer = request.header("authorization").map(header -> header.replaceFirst("^Bearer ", ""));
        if (bearer.isEmpty()) {
            return has(Defect.ACCEPTS_NOBODY) || has(Defect.GRANTS_EVERYTHING)
                    ? granted()
                    : problem(401, 16, "expected exactly one authorization header");
        }
        if (!has(Defect.GRANTS_EVERYTHING) && !isGenuine(bearer.get())) {
            return has(Defect.REFUSES_FORGERIES_AS_DENIED)
                    ? problem(403, 7, "denied")
                    : problem(401, 16, "unable to verify bearer token");
        }
        return decide(claims(bearer.get()), request.parameter("identity").orElse(""));
    }

    private Reply decide(JsonObject claims, String identity) {
        if (has(Defect.GRANTS_EVERYTHING)) {
            return granted();
        }
        var subject = SUBJECTS.get(identity);
        if (subject == null) {
            if (has(Defect.FAILS_ON_UNKNOWN_IDENTITIES)) {
                return problem(500, 13, "internal error");
            }
            return has(Defect.SERVES_UNKNOWN_IDENTITIES)
                    ? granted()
                    : problem(404, 5, "unable to find trust policy for \"" + identity + "\"");
        }
        if (!has(Defect.IGNORES_SUBJECT) && !claims.getString("sub").equals(subject)) {
            return problem(403, 7, "trust policy: subject did not match");
        }
        if (!has(Defect.IGNORES_AUDIENCE) && !claims.getString("aud").equals(DOMAIN)) {
            return problem(403, 7, "trust policy: audience did not match");
        }
        return granted();
    }

    private boolean isGenuine(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        boolean unsigned = new String(decoded(parts[0]), StandardCharsets.UTF_8).contains("\"none\"");
        boolean signed = unsigned
                ? has(Defect.ACCEPTS_UNSIGNED)
                : has(Defect.ACCEPTS_ANY_SIGNATURE) || isSigned(parts[0] + "." + parts[1], parts[2]);
        return signed
                && (has(Defect.ACCEPTS_EXPIRED)
                        || claims(token).getInt("exp")
                                > sandbox.clock().instant().getEpochSecond());
    }

    private boolean isSigned(String input, String signature) {
        try {
            var verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(world.issuer().key().publicKey());
            verifier.update(input.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(decoded(signature));
        } catch (Exception _) {
            return false;
        }
    }

    private Reply granted() {
        if (has(Defect.GIVES_NO_TOKEN)) {
            return Reply.json(200, "{}");
        }
        if (has(Defect.GIVES_A_DEAD_TOKEN)) {
            return token(DEAD_TOKEN, sandbox.clock().instant().plus(Duration.ofHours(1)));
        }
        var minted = minted();
        return token(minted.getString("token"), Instant.parse(minted.getString("expires_at")));
    }

    private Reply token(String value, Instant expiry) {
        var told = expiry;
        if (has(Defect.PROMISES_A_DAY)) {
            told = expiry.plus(Duration.ofDays(1));
        } else if (has(Defect.PROMISES_THE_PAST)) {
            told = expiry.minus(Duration.ofDays(1));
        }
        return Reply.json(200, "{\"token\":\"" + value + "\",\"refreshToken\":\"\",\"expiry\":\"" + told + "\"}");
    }

    private JsonObject minted() {
        var permissions = Json.createObjectBuilder();
        if (!has(Defect.GRANTS_WITHOUT_CONTENTS)) {
            permissions.add("contents", "read");
        }
        if (!has(Defect.GRANTS_WITHOUT_ISSUES)) {
            permissions.add("issues", has(Defect.GRANTS_TOO_MUCH) ? "write" : "read");
        }
        var body = Json.createObjectBuilder().add("permissions", permissions);
        if (!has(Defect.GRANTS_EVERY_REPOSITORY)) {
            body.add(
                    "repositories",
                    Json.createArrayBuilder()
                            .add(has(Defect.GRANTS_ANOTHER_REPOSITORY) ? "octo-secrets" : DemoWorld.REPOSITORY));
        }
        var request = HttpRequest.newBuilder(URI.create(sandbox.github().baseUri() + "/app/installations/"
                        + world.installation().id() + "/access_tokens"))
                .header("Authorization", "Bearer " + appJwt())
                .POST(BodyPublishers.ofString(body.build().toString()))
                .build();
        try {
            return json(http.send(request, BodyHandlers.ofString()).body());
        } catch (Exception failed) {
            throw new IllegalStateException("the sandbox did not mint", failed);
        }
    }

    private String appJwt() {
        var now = sandbox.clock().instant().getEpochSecond();
        var input = encoded("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + encoded(("{\"iss\":\"" + world.app().id() + "\",\"iat\":" + (now - 60) + ",\"exp\":" + (now + 500)
                                + "}")
                        .getBytes(StandardCharsets.UTF_8));
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(world.app().privateKey());
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + encoded(signer.sign());
        } catch (Exception impossible) {
            throw new IllegalStateException("RSA is part of every JDK", impossible);
        }
    }

    private static Reply problem(int status, int code, String message) {
        return Reply.json(
                status,
                Json.createObjectBuilder()
                        .add("code", code)
                        .add("message", message)
                        .add("details", Json.createArrayBuilder())
                        .build());
    }

    private static JsonObject claims(String token) {
        return json(new String(decoded(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.close();
        http.shutdownNow();
    }
}
