package dev.octosts.kms.akv;

import dev.octosts.api.Sha256;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.github.key.SigningKey;
import jakarta.json.Json;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key in a vault or in a managed HSM, by its identifier; without a version, the newest one.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign">Azure Key Vault: Sign</a>
 */
final class AkvKey implements SigningKey {

    private static final Pattern IDENTIFIER =
            Pattern.compile("https://([^/\\s?#@]+)/keys/([^/\\s?#]+)(?:/([^/\\s?#]+))?");

    private final String identifier;
    private final URI key;
    private final URI sign;
    private final AkvApi api;

    private AkvKey(String identifier, URI key, URI sign, AkvApi api) {
        this.identifier = identifier;
        this.key = key;
        this.sign = sign;
        this.api = api;
    }

    static AkvKey of(String identifier, AkvApi api) throws SigningException {
        var parts = IDENTIFIER.matcher(identifier);
        if (!parts.matches()) {
            throw new SigningException(
                    SigningFault.MISCONFIGURED,
                    "",
                    "the name of the key is not https://<vault>/keys/<name>[/<version>]");
        }
        var base = "https://" + parts.group(1) + "/keys/" + parts.group(2) + "/";
        var version = Optional.ofNullable(parts.group(3)).orElse("");
        return new AkvKey(
                identifier,
                URI.create(base + version + AkvApi.VERSION),
                // Without a version its place stays empty.
                URI.create(base + version + "/sign" + AkvApi.VERSION),
                api);
    }

    @Override
    public String name() {
        return identifier;
    }

    @Override
    public byte[] sign(byte[] content) throws SigningException {
        var body = Json.createObjectBuilder()
                .add("alg", algorithm())
                .add("value", Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(content)))
                .build()
                .toString();
        return decoded(api.call("POST", sign, body).text("value"), SigningFault.FAILING);
    }

    private static byte[] decoded(Optional<String> base64, SigningFault otherwise) throws SigningException {
        try {
            return Base64.getUrlDecoder().decode(base64.orElseThrow(() -> new SigningException(otherwise, "")));
        } catch (IllegalArgumentException notBase64) {
            throw new SigningException(otherwise, "");
        }
    }

    @Override
    public Optional<RSAPublicKey> publicKey() throws SigningException {
        ServiceHttp.ServiceAnswer answer;
        try {
            answer = api.call("GET", key, "");
        } catch (SigningException failed) {
            if (failed.fault() == SigningFault.DENIED) {
                return Optional.empty();
            }
            throw failed;
        }
        var modulus = new BigInteger(1, decoded(answer.text("key", "n"), SigningFault.UNSUITABLE));
        var exponent = new BigInteger(1, decoded(answer.text("key", "e"), SigningFault.UNSUITABLE));
        try {
            return Optional.of((RSAPublicKey)
                    KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
        } catch (GeneralSecurityException other) {
            throw new SigningException(SigningFault.UNSUITABLE, "");
        }
    }
}
