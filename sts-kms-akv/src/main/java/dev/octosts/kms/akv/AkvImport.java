package dev.octosts.kms.akv;

import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import jakarta.json.Json;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes keys into a vault or into a managed HSM, as a JSON web key. A name that is there already gets a new version,
 * which counts for every name without a version.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/keyvault/keys/import-key/import-key">Azure Key Vault: Import Key</a>
 */
final class AkvImport implements KeyImport {

    private static final Pattern NAME = Pattern.compile("https://([^/\\s?#@]+)/keys/[A-Za-z0-9-]{1,127}");

    private final AkvApi api;

    AkvImport(AkvApi api) {
        this.api = api;
    }

    private static URI address(String name) throws SigningException {
        if (!NAME.matcher(name).matches()) {
            throw new SigningException(
                    SigningFault.MISCONFIGURED,
                    "",
                    "the name is not https://<vault>/keys/<name>: leave the version out, an import makes one");
        }
        return URI.create(name + AkvApi.VERSION);
    }

    /** A managed HSM has no other keys. */
    private static String kind(URI address) {
        return String.valueOf(address.getHost()).contains(".managedhsm.") ? "RSA-HSM" : "RSA";
    }

    @Override
    public List<String> plan(ImportRequest wanted) throws SigningException {
        var address = address(wanted.name());
        return List.of(
                "Get Key, to see whether the name is taken",
                "Import Key, " + kind(address) + " of " + wanted.bits()
                        + " bits, for sign and verify, not exportable, by TLS");
    }

    @Override
    public String take(ImportRequest wanted) throws SigningException {
        var address = address(wanted.name());
        int bits = wanted.bits();
        if (!wanted.replace() && isThere(address)) {
            throw KeyImport.taken(
                    "give another name; or --replace, once GitHub has the new key, for a new version of this one");
        }
        var answer = api.call("PUT", address, body(wanted, kind(address)), PATIENCE);
        if (answer.text("key", "n").filter(n -> n.length() >= bits / 8).isEmpty()) {
            throw new SigningException(SigningFault.FAILING, "malformed");
        }
        return wanted.name();
    }

    private boolean isThere(URI address) throws SigningException {
        try {
            api.call("GET", address, "", PATIENCE);
            return true;
        } catch (SigningException failed) {
            if (failed.fault() == SigningFault.NOT_FOUND) {
                return false;
            }
            throw failed;
        }
    }

    /**
     * The key as JSON.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-6.3">RFC 7518 section 6.3: parameters of RSA keys</a>
     */
    private static String body(ImportRequest wanted, String kind) {
        var key = wanted.key().withPrimes();
        return Json.createObjectBuilder()
                .add(
                        "key",
                        Json.createObjectBuilder()
                                .add("kty", kind)
                                .add(
                                        "key_ops",
                                        Json.createArrayBuilder().add("sign").add("verify"))
                                .add("n", url(key.getModulus()))
                                .add("e", url(key.getPublicExponent()))
                                .add("d", url(key.getPrivateExponent()))
                                .add("p", url(key.getPrimeP()))
                                .add("q", url(key.getPrimeQ()))
                                .add("dp", url(key.getPrimeExponentP()))
                                .add("dq", url(key.getPrimeExponentQ()))
                                .add("qi", url(key.getCrtCoefficient())))
                .build()
                .toString();
    }

    private static String url(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
