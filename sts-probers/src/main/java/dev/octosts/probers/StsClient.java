package dev.octosts.probers;

import dev.octosts.api.grpc.ExchangeCall;
import dev.octosts.probers.ExchangeAnswer.Refused;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.ExchangeAnswer.Unreachable;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A client of one token service. */
public final class StsClient {

    private final ServiceAddress service;
    private final Network network;
    private final RetryBudget retries;

    public StsClient(ServiceAddress service, Network network, RetryBudget retries) {
        this.service = service;
        this.network = network;
        this.retries = retries;
    }

    /**
     * Exchanges an identity token for a GitHub token. Only failures that may end with time are tried again: no
     * connection, a broken connection, and the statuses 429, 502, 503 and 504. A refusal is final.
     *
     * @param scope {@code owner} or {@code owner/repository}
     * @param identity the name of the trust policy
     */
    public ExchangeAnswer exchange(IdentityToken token, String scope, String identity) throws InterruptedException {
        return exchange(token, scope, identity, Map.of());
    }

    /**
     * The same, with further parameters, such as {@code permissions} and {@code repositories} for a part of the grant.
     * A service that does not know them ignores them.
     *
     * @param further values by name
     */
    public ExchangeAnswer exchange(IdentityToken token, String scope, String identity, Map<String, String> further)
            throws InterruptedException {
        return send(network.request(address(scope, identity, further), token.value()));
    }

    /** The same as {@link #exchange}, but without an identity token: a service must refuse that. */
    public ExchangeAnswer exchangeWithoutToken(String scope, String identity) throws InterruptedException {
        return send(network.request(address(scope, identity, Map.of())));
    }

    private URI address(String scope, String identity, Map<String, String> further) {
        var query = new StringBuilder("/sts/exchange?scope=" + encoded(scope) + "&identity=" + encoded(identity));
        new TreeMap<>(further)
                .forEach((name, value) ->
                        query.append('&').append(encoded(name)).append('=').append(encoded(value)));
        return service.resolve(query.toString());
    }

    /**
     * The same as {@link #exchange}, over gRPC instead of HTTP. The service's message has no place for a part of the
     * grant.
     */
    public ExchangeAnswer exchangeOverGrpc(IdentityToken token, String scope, String identity)
            throws InterruptedException {
        return read(network.call(service, token.value(), new ExchangeCall(scope, identity), retries));
    }

    private ExchangeAnswer send(HttpRequest.Builder request) throws InterruptedException {
        var complete = request.header("Accept", "application/json").build();
        return read(network.send(complete, retries));
    }

    private ExchangeAnswer read(Reply reply) {
        return switch (reply) {
            case Reply.Failed(var reason, var _) -> new Unreachable(reason);
            case Reply.Answered answered -> read(answered);
        };
    }

    private ExchangeAnswer read(Reply.Answered answered) {
        var json = JsonObjects.object(answered.body());
        if (answered.status() == HttpURLConnection.HTTP_OK) {
            return json.flatMap(StsClient::token)
                    .orElseGet(() -> new Unreachable(service + " answered, but with no token that can be used"));
        }
        return json.flatMap(problem -> refusal(problem, answered)).orElseGet(() -> notTheService(answered));
    }

    private static Optional<ExchangeAnswer> token(JsonObject answer) {
        return JsonObjects.text(answer, "token")
                .filter(value -> TokenText.faultOf(value).isEmpty())
                .map(value -> new Token(value, expiry(answer)));
    }

    /**
     * The expiry; empty when it cannot be read. The reference sends null, and a token is worth more than an unreadable
     * date.
     */
    private static Optional<Instant> expiry(JsonObject answer) {
        return JsonObjects.text(answer, "expiry").flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeParseException _) {
                return Optional.empty();
            }
        });
    }

    private static Optional<ExchangeAnswer> refusal(JsonObject problem, Reply.Answered answered) {
        if (!(problem.get("code") instanceof JsonNumber number)) {
            return Optional.empty();
        }
        try {
            int code = number.intValueExact();
            return JsonObjects.text(problem, "message")
                    .filter(_ -> code > 0)
                    .map(message ->
                            new Refused(code, PrintableText.line(message), answered.status(), answered.requestId()));
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }

    private Unreachable notTheService(Reply.Answered answered) {
        if (answered.isRedirect()) {
            return new Unreachable(service + " redirects"
                    + answered.location()
                            .map(to -> " to " + PrintableText.line(to))
                            .orElse("")
                    + ", and tokens do not follow");
        }
        return new Unreachable(
                service + " answered HTTP " + answered.status() + " in another form than a token service does");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
