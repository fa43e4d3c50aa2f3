package dev.octosts.app.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.octosts.app.settings.ServiceAccountKey;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Google's token endpoint, which gives tokens for the service account whose key is in a file: for a JWT that the key
 * has signed (RFC 7523) and that says for whom the token shall be. The file is read with each question, once in an
 * hour, so the key can be changed without a restart.
 *
 * @see <a href="https://cloud.google.com/docs/authentication/get-id-token#service-account-key">Google: identity tokens
 *     with the key of a service account</a>
 */
final class KeyFileTokens implements TokenGiver {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** Google takes an hour at most; the question takes seconds. */
    private static final Duration VALID_FOR = Duration.ofMinutes(5);

    private final String path;
    private final String audience;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    KeyFileTokens(String path, String audience, Clock clock) {
        this.path = path;
        this.audience = audience;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "Google's token endpoint";
    }

    @Override
    public String advice() {
        return "Check the key file of GOOGLE_APPLICATION_CREDENTIALS, its account, and this machine's clock";
    }

    @Override
    public ServiceHttp.ServiceRequest question() throws NoTokenException {
        try {
            var account = ServiceAccountKey.read(path);
            var form = "grant_type=" + encoded(GRANT) + "&assertion=" + encoded(assertion(account));
            return new ServiceHttp.ServiceRequest(
                    "POST",
                    account.tokenUri(),
                    Map.of("Content-Type", List.of("application/x-www-form-urlencoded")),
                    form.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException unusable) {
            throw new NoTokenException(String.valueOf(unusable.getMessage()));
        } catch (SigningException unusable) {
            throw new NoTokenException("the key of the service account does not sign");
        }
    }

    private String assertion(ServiceAccountKey account) throws SigningException {
        long now = clock.instant().getEpochSecond();
        var header =
                json.createObjectNode().put("alg", "RS256").put("typ", "JWT").put("kid", account.id());
        var claims = json.createObjectNode()
                .put("iss", account.email())
                .put("sub", account.email())
                .put("aud", account.tokenUri().toString())
                .put("target_audience", audience)
                .put("iat", now)
                .put("exp", now + VALID_FOR.toSeconds());
        var signed = base64(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(account.key().sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String token(ServiceHttp.ServiceAnswer answer) {
        return answer.text("id_token").orElse("");
    }
}
