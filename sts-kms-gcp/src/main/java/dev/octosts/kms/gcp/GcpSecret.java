package dev.octosts.kms.gcp;

import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A version of a secret in Secret Manager, by its resource name.
 *
 * @see <a
 *     href="https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access">Secret
 *     Manager: access</a>
 */
final class GcpSecret {

    private static final Pattern NAME =
            Pattern.compile("projects/[^/\\s?#]+/(?:locations/[^/\\s?#]+/)?secrets/[^/\\s?#]+/versions/[^/\\s?#:]+");

    private GcpSecret() {}

    static String of(String name, GcpApi api) throws SigningException {
        if (!NAME.matcher(name).matches()) {
            throw new SigningException(
                    SigningFault.MISCONFIGURED, "", "the name of the secret is not projects/P/secrets/S/versions/V");
        }
        var data = api.call("GET", name + ":access", "").text("payload", "data");
        try {
            return new String(
                    Base64.getDecoder()
                            .decode(data.orElseThrow(() -> new SigningException(SigningFault.FAILING, "malformed"))),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new SigningException(SigningFault.FAILING, "malformed");
        }
    }
}
