package dev.octosts.operators.access;

import dev.octosts.api.Egress;
import dev.octosts.api.ProxyLogins;
import dev.octosts.exchange.OperatorProvider.Endpoints;
import dev.octosts.operators.OperatorsSettings.Login;
import dev.octosts.policy.text.SafeText;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Redeems the codes of logins at the provider, for an ID token. It follows no redirect, and asks once: a code works
 * once.
 */
final class CodeRedeemer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final Login login;
    private final HttpClient client;

    CodeRedeemer(Login login, Egress egress) {
        this.login = login;
        var builder = HttpClient.newBuilder()
                .sslContext(egress.tls())
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        egress.proxies().ifPresent(proxies -> {
            builder.proxy(proxies);
            if (proxies instanceof ProxyLogins logins) {
                builder.authenticator(new ProxyAuthenticator(logins));
            }
        });
        this.client = builder.build();
    }

    /** What the provider gives for a code. */
    sealed interface Redeemed {

        /** The ID token. It is not verified. */
        record IdToken(String text) implements Redeemed {

            @Override
            public String toString() {
                return "IdToken[***]";
            }
        }

        /** The provider says no. */
        record Refused(String why) implements Redeemed {}

        /** The provider does not answer. */
        record Unavailable(String why) implements Redeemed {}
    }

    /**
     * Redeems a code.
     *
     * @param verifier the secret of PKCE that the login began with
     */
    Redeemed redeem(Endpoints endpoints, String code, String verifier) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", login.redirect().toString());
        form.put("client_id", login.clientId());
        form.put("code_verifier", verifier);
        var request = HttpRequest.newBuilder(endpoints.token())
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded");
        Optional<String> secret = login.secret().get();
        if (secret.isPresent() && endpoints.secretInForm()) {
            form.put("client_secret", secret.get());
        } else if (secret.isPresent()) {
            request.header("Authorization", basic(login.clientId(), secret.get()));
        }
        try {
            var response = client.send(
                    request.POST(HttpRequest.BodyPublishers.ofString(written(form)))
                            .build(),
                    BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                byte[] bytes = body.readNBytes(LONGEST_ANSWER + 1);
                return bytes.length > LONGEST_ANSWER
                        ? new Redeemed.Unavailable("an answer of more than " + LONGEST_ANSWER + " bytes")
                        : read(response.statusCode(), bytes);
            }
        } catch (IOException failed) {
            return new Redeemed.Unavailable(SafeText.ascii(failed.toString()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return new Redeemed.Unavailable("interrupted");
        }
    }

    private static Redeemed read(int status, byte[] bytes) {
        if (status >= 500) {
            return new Redeemed.Unavailable("status " + status);
        }
        try (var reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            JsonObject answer = reader.readObject();
            String token = answer.getString("id_token", "");
            return status == 200 && !token.isEmpty()
                    ? new Redeemed.IdToken(token)
                    : new Redeemed.Refused(SafeText.ascii(answer.getString("error", "no id_token")));
        } catch (JsonException _) {
            return new Redeemed.Refused("status " + status + ", and not JSON");
        }
    }

    /** RFC 6749 section 2.3.1: both are encoded as in forms first. */
    private static String basic(String id, String secret) {
        String pair = encoded(id) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static String written(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Answers proxies alone: the provider gets its credentials with the request. */
    private static final class ProxyAuthenticator extends Authenticator {

        private final ProxyLogins logins;

        ProxyAuthenticator(ProxyLogins logins) {
            this.logins = logins;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? logins.login(getRequestingHost(), getRequestingPort()).orElse(null)
                    : null;
        }
    }
}
