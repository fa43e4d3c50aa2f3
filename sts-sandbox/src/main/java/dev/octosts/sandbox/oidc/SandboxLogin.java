package dev.octosts.sandbox.oidc;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import dev.octosts.sandbox.http.Urls;
import jakarta.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The login of people at an issuer: authorization codes with PKCE, for one client. Nobody has a password: a page lets
 * the reader choose who to be, or a test says so.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth">OpenID Connect Core: the
 *     Authorization Code Flow</a>
 */
public final class SandboxLogin {
    private final String clientId;
    private final Optional<String> secret;
    private final List<Person> people;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private volatile Optional<Person> always = Optional.empty();
    private volatile UnaryOperator<TokenBuilder> edit = UnaryOperator.identity();

    /** Somebody who can log in. */
    public record Person(String name, List<String> groups) {
        public Person {
            groups = List.copyOf(groups);
        }
    }

    private record Code(Person person, String redirect, String nonce, String challenge) {}

    /**
     * A login for a client.
     *
     * @param secret of the client; empty for one without
     */
    public SandboxLogin(String clientId, Optional<String> secret, List<Person> people) {
        this.clientId = clientId;
        this.secret = secret;
        this.people = List.copyOf(people);
    }

    /** From now on everybody who comes is this person, and is not asked. */
    public SandboxLogin as(Person person) {
        always = Optional.of(person);
        return this;
    }

    /** Changes ID tokens before they are signed. */
    public SandboxLogin edit(UnaryOperator<TokenBuilder> change) {
        edit = change;
        return this;
    }

    boolean serves(String below, Request request) {
        return below.equals("/auth")
                || (below.equals("/token") && request.method().equals("POST"));
    }

    Answer answer(SandboxIssuer issuer, String below, Request request) {
        return below.equals("/auth") ? authorize(request) : redeem(issuer, request);
    }

    private Answer authorize(Request request) {
        var query = request.query();
        if (!clientId.equals(query.get("client_id"))
                || !"code".equals(query.get("response_type"))
                || !"S256".equals(query.get("code_challenge_method"))) {
            return Reply.json(400, "{\"error\":\"invalid_request\"}");
        }
        var chosen = always.or(() -> people.stream()
                .filter(person -> person.name().equals(query.get("person")))
                .findFirst());
        if (chosen.isEmpty()) {
            return Reply.of(200, "text/html; charset=utf-8", choice(query).getBytes(StandardCharsets.UTF_8));
        }
        var code = UUID.randomUUID().toString();
        var redirect = query.getOrDefault("redirect_uri", "");
        codes.put(
                code,
                new Code(
                        chosen.get(),
                        redirect,
                        query.getOrDefault("nonce", ""),
                        query.getOrDefault("code_challenge", "")));
        return Reply.empty(302)
                .with("Location", redirect + "?code=" + code + "&state=" + encoded(query.getOrDefault("state", "")));
    }

    private String choice(Map<String, String> query) {
        var page = new StringBuilder("<!doctype html><title>Who are you?</title><h1>Who are you?</h1>");
        for (var person : people) {
            var address = new StringBuilder("?person=" + encoded(person.name()));
            query.forEach((name, value) ->
                    address.append("&amp;").append(encoded(name)).append('=').append(encoded(value)));
            page.append("<p><a href=\"")
                    .append(address)
                    .append("\">")
                    .append(person.name())
                    .append("</a>");
        }
        return page.toString();
    }

    private Answer redeem(SandboxIssuer issuer, Request request) {
        var form = Urls.parameters(new String(request.body(), StandardCharsets.UTF_8));
        if (!isClient(request, form)) {
            return Reply.json(401, "{\"error\":\"invalid_client\"}");
        }
        // A code works once, whatever becomes of it.
        var code = codes.remove(form.getOrDefault("code", ""));
        if (code == null
                || !code.redirect().equals(form.get("redirect_uri"))
                || !code.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
            return Reply.json(400, "{\"error\":\"invalid_grant\"}");
        }
        var token = issuer.token()
                .subject("id-of-" + code.person().name())
                .audience(clientId)
                .claim("nonce", code.nonce())
                .claim("preferred_username", code.person().name())
                .claim("groups", Json.createArrayBuilder(code.person().groups()).build());
        return Reply.json(
                200,
                Json.createObjectBuilder()
                        .add("access_token", UUID.randomUUID().toString())
                        .add("token_type", "Bearer")
                        .add("id_token", edit.apply(token).sign())
                        .build());
    }

    private boolean isClient(Request request, Map<String, String> form) {
        if (secret.isEmpty()) {
            return clientId.equals(form.get("client_id"));
        }
        var pair = encoded(clientId) + ":" + encoded(secret.get());
        var expected = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return request.header("Authorization").filter(expected::equals).isPresent();
    }

    private static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
