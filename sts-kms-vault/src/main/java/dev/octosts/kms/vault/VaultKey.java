package dev.octosts.kms.vault;

import dev.octosts.github.key.ServiceHttp;
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
 * A key of the engine <em>transit</em>. Its name is that of the key, perhaps behind the path where the engine is
 * mounted, and perhaps with a version: {@code octo-sts}, {@code team/transit/octo-sts}, {@code octo-sts#3}.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/secret/transit#sign-data">Vault: sign data</a>
 */
final class VaultKey implements SigningKey {

    private static final String USUAL_MOUNT = "transit";
    private static final Pattern NAME = Pattern.compile(
            "((?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*)([A-Za-z0-9_-][A-Za-z0-9._-]*)(?:#([1-9][0-9]{0,8}))?");
    private static final Pattern SIGNATURE = Pattern.compile("[a-z]+:v[0-9]+:([A-Za-z0-9+/=]+)");

    private final String written;
    private final String mount;
    private final String name;
    private final Optional<String> version;
    private final VaultLogin login;

    private VaultKey(String written, String mount, String name, Optional<String> version, VaultLogin login) {
        this.written = written;
        this.mount = mount;
        this.name = name;
        this.version = version;
        this.login = login;
    }

    /** The key of a name. */
    static VaultKey of(String written, VaultLogin login) throws SigningException {
        var parts = NAME.matcher(written);
        if (!parts.matches()) {
            throw VaultApi.wrong("the name of the key is none of transit; give NAME, MOUNT/NAME or NAME#VERSION");
        }
        var mount = parts.group(1).isEmpty() ? USUAL_MOUNT : parts.group(1).replaceFirst("/$", "");
        return new VaultKey(written, mount, parts.group(2), Optional.ofNullable(parts.group(3)), login);
    }

    @Override
    public String name() {
        return written;
    }

    @Override
    public byte[] sign(byte[] content) throws SigningException {
        var body = Json.createObjectBuilder()
                .add("input", Base64.getEncoder().encodeToString(content))
                .add("hash_algorithm", "sha2-256")
                .add("signature_algorithm", "pkcs1v15");
        version.map(Integer::valueOf).ifPresent(number -> body.add("key_version", number));
        var answer = login.asked("POST", mount + "/sign/" + name, body.build().toString());
        var signature = answer.text("data", "signature")
                .map(SIGNATURE::matcher)
                .filter(found -> found.matches())
                .orElseThrow(() -> new SigningException(SigningFault.FAILING, "malformed"));
        return Base64.getDecoder().decode(signature.group(1));
    }

    @Override
    public Optional<RSAPublicKey> publicKey() throws SigningException {
        ServiceHttp.ServiceAnswer answer;
        try {
            answer = login.asked("GET", mount + "/keys/" + name, "");
        } catch (SigningException failed) {
            if (failed.fault() == SigningFault.DENIED) {
                return Optional.empty();
            }
            throw failed;
        }
        var wanted = version.orElseGet(() ->
                answer.number("data", "latest_version").map(String::valueOf).orElse("1"));
        var pem = answer.text("data", "keys", wanted, "public_key")
                .orElseThrow(() -> new SigningException(SigningFault.UNSUITABLE, ""));
        return Optional.of(rsa(pem));
    }

    private static RSAPublicKey rsa(String pem) throws SigningException {
        try {
            var base64 = pem.replaceAll("-----[A-Z ]+-----", "");
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException other) {
            throw new SigningException(SigningFault.UNSUITABLE, "");
        }
    }
}
