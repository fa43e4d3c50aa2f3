package dev.octosts.sandbox.oidc;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An issuer with its keys. At first it has one RS256 key and does not list any algorithms. */
public final class SandboxIssuer {
    private final String url;
    private final Clock clock;
    private final List<SigningKey> keys = new CopyOnWriteArrayList<>();
    private final Map<Document, Served> served = new EnumMap<>(Document.class);
    private final AtomicInteger others = new AtomicInteger();
    private final AtomicInteger keyNumbers = new AtomicInteger();
    private volatile List<String> algorithms = List.of();
    private volatile boolean signsOnDemand;
    private volatile @Nullable SandboxLogin login;

    SandboxIssuer(String url, Algorithm algorithm, Clock clock) {
        this.url = url;
        this.clock = clock;
        for (var document : Document.values()) {
            served.put(document, new Served());
        }
        keys.add(newKey(algorithm));
    }

    /** The value of the claim {@code iss}. */
    public String url() {
        return url;
    }

    /** The key that signs tokens unless they say otherwise: the one that was published first. */
    public SigningKey key() {
        return keys.getFirst();
    }

    public List<SigningKey> keys() {
        return List.copyOf(keys);
    }

    public SandboxIssuer publish(SigningKey key) {
        keys.add(key);
        return this;
    }

    public SandboxIssuer withdraw(SigningKey key) {
        keys.remove(key);
        return this;
    }

    /** Replaces all keys by a new one of the same algorithm and returns it. */
    public SigningKey rotate() {
        var fresh = newKey(key().algorithm());
        keys.add(fresh);
        keys.removeIf(key -> !key.equals(fresh));
        return fresh;
    }

    /** Sets {@code id_token_signing_alg_values_supported} in discovery; absent at first. */
    public SandboxIssuer algorithms(String... listed) {
        algorithms = List.of(listed);
        return this;
    }

    /** Changes a document before it is served. */
    public SandboxIssuer edit(Document document, UnaryOperator<JsonObject> change) {
        served(document).edit(change);
        return this;
    }

    /** Makes that many requests for a document fail; later faults apply after earlier ones. */
    public SandboxIssuer fault(Document document, IssuerFault fault, int times) {
        served(document).fault(fault, times);
        return this;
    }

    public SandboxIssuer fault(Document document, IssuerFault fault) {
        return fault(document, fault, Integer.MAX_VALUE);
    }

    public SandboxIssuer clearFaults() {
        served.values().forEach(Served::clearFaults);
        return this;
    }

    public SandboxIssuer cacheControl(String value) {
        served.values().forEach(one -> one.cacheControl(value));
        return this;
    }

    /** The number of requests for a document. */
    public int hits(Document document) {
        return served(document).hits();
    }

    /** The number of requests for anything else. */
    public int otherHits() {
        return others.get();
    }

    /**
     * Lets any caller have any token: {@code GET {issuer}/token?sub=…&aud=…&claim.name=…}. It is for a reader who uses
     * curl; no real issuer does such a thing.
     */
    public SandboxIssuer insecureSignOnDemand() {
        signsOnDemand = true;
        return this;
    }

    /** Lets people log in. */
    public SandboxIssuer login(SandboxLogin people) {
        login = people;
        return this;
    }

    public TokenBuilder token() {
        return new TokenBuilder(url, key(), clock);
    }

    public JsonObject jwks() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        keys.forEach(key -> list.add(key.jwk()));
        return Json.createObjectBuilder().add("keys", list).build();
    }

    public JsonObject discovery() {
        var base = withoutSlash(url);
        var json = Json.createObjectBuilder()
                .add("issuer", url)
                .add("jwks_uri", base + "/jwks")
                .add("authorization_endpoint", base + "/auth")
                .add("token_endpoint", base + "/token")
                .add("response_types_supported", Json.createArrayBuilder(List.of("id_token")))
                .add("subject_types_supported", Json.createArrayBuilder(List.of("public")));
        if (!algorithms.isEmpty()) {
            json.add("id_token_signing_alg_values_supported", Json.createArrayBuilder(algorithms));
        }
        return json.build();
    }

    Answer answer(String below, Request request) {
        return switch (below) {
            case "/.well-known/openid-configuration" ->
                served(Document.DISCOVERY).answer(discovery());
            case "/jwks" -> served(Document.JWKS).answer(jwks());
            default -> other(below, request);
        };
    }

    private Answer other(String below, Request request) {
        others.incrementAndGet();
        var people = login;
        if (people != null && people.serves(below, request)) {
            return people.answer(this, below, request);
        }
        return signsOnDemand && below.equals("/token")
                ? OnDemand.token(this, request)
                : Reply.json(404, "{\"error\":\"not found\"}");
    }

    private SigningKey newKey(Algorithm algorithm) {
        return SigningKey.create(algorithm, "sandbox-" + keyNumbers.incrementAndGet());
    }

    private Served served(Document document) {
        return Objects.requireNonNull(served.get(document));
    }

    static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
