package dev.octosts.kms.akv;

import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * A secret in a vault, by its identifier; without a version, the newest one.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret">Azure Key Vault: Get
 *     Secret</a>
 */
final class AkvSecret {

    private static final Pattern IDENTIFIER = Pattern.compile("https://[^/\\s?#@]+/secrets/[^/\\s?#]+(?:/[^/\\s?#]+)?");

    private AkvSecret() {}

    static String of(String identifier, AkvApi api) throws SigningException {
        if (!IDENTIFIER.matcher(identifier).matches()) {
            throw new SigningException(
                    SigningFault.MISCONFIGURED,
                    "",
                    "the name of the secret is not https://<vault>/secrets/<name>[/<version>]");
        }
        return api.call("GET", URI.create(identifier + AkvApi.VERSION), "")
                .text("value")
                .orElseThrow(() -> new SigningException(SigningFault.FAILING, "malformed"));
    }
}
