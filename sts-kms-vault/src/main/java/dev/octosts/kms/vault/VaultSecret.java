package dev.octosts.kms.vault;

import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.util.regex.Pattern;

/**
 * A field of a secret in the engine <em>kv</em>, version 2, by {@code mount/path#field}.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2#read-secret-version">Vault: read secret
 *     version</a>
 */
final class VaultSecret {

    private static final Pattern NAME = Pattern.compile(
            "([A-Za-z0-9_-][A-Za-z0-9._-]*)/((?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*)#([^#]+)");

    private VaultSecret() {}

    static String of(String name, VaultLogin login) throws SigningException {
        var parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw VaultApi.wrong("the name of the secret is not MOUNT/PATH#FIELD, such as secret/octo-sts#webhook");
        }
        return login.asked("GET", parts.group(1) + "/data/" + parts.group(2), "")
                .text("data", "data", parts.group(3))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new SigningException(
                        SigningFault.NOT_FOUND, "", "the secret has no text in its field " + parts.group(3)));
    }
}
