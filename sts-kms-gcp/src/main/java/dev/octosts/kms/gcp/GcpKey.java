package dev.octosts.kms.gcp;

import dev.octosts.api.Sha256;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.github.key.SigningKey;
import jakarta.json.Json;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of a key in Cloud KMS, by its resource name.
 *
 * @see <a
 *     href="https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys.cryptoKeyVersions/asymmetricSign">Cloud
 *     KMS: asymmetricSign</a>
 */
final class GcpKey implements SigningKey {

    private static final Pattern NAME = Pattern.compile("projects/[^/\\s?#]+/locations/[^/\\s?#]+/keyRings/[^/\\s?#]+"
            + "/cryptoKeys/[^/\\s?#]+/cryptoKeyVersions/[0-9]+");

    private static final Pattern ALGORITHM = Pattern.compile("RSA_SIGN_PKCS1_[0-9]+_SHA256");

    private final String name;
    private final GcpApi api;

    private GcpKey(String name, GcpApi api) {
        this.name = name;
        this.api = api;
    }

    static GcpKey of(String name, GcpApi api) throws SigningException {
        if (!NAME.matcher(name).matches()) {
            throw new SigningException(
                    SigningFault.MISCONFIGURED,
                    "",
                    "the name of the key is not projects/P/locations/L/keyRings/R/cryptoKeys/K/cryptoKeyVersions/V");
        }
        return new GcpKey(name, api);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] sign(byte[] content) throws SigningException {
        var body = Json.createObjectBuilder()
                .add(
                        "digest",
                        Json.createObjectBuilder()
                                .add("sha256", Base64.getEncoder().encodeToString(Sha256.of(content))))
                .build()
                .toString();
        var answer = api.call("POST", name + ":asymmetricSign", body);
        if (answer.text("name").filter(name::equals).isEmpty()) {
            throw new SigningException(SigningFault.FAILING, "another-key");
        }
        try {
            return Base64.getDecoder()
                    .decode(answer.text("signature")
                            .orElseThrow(() -> new SigningException(SigningFault.FAILING, "malformed")));
        } catch (IllegalArgumentException notBase64) {
            throw new SigningException(SigningFault.FAILING, "malformed");
        }
    }

    @Override
    public Optional<RSAPublicKey> publicKey() throws SigningException {
        String pem;
        try {
            var answer = api.call("GET", name + "/publicKey", "");
            if (answer.text("algorithm")
                    .filter(found -> ALGORITHM.matcher(found).matches())
                    .isEmpty()) {
                throw new SigningException(
                        SigningFault.UNSUITABLE, answer.text("algorithm").orElse(""));
            }
            pem = answer.text("pem").orElse("");
        } catch (SigningException failed) {
            if (failed.fault() == SigningFault.DENIED) {
                return Optional.empty();
            }
            throw failed;
        }
        try {
            return Optional.of((RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(
                            Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")))));
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException other) {
            throw new SigningException(SigningFault.UNSUITABLE, "");
        }
    }
}
