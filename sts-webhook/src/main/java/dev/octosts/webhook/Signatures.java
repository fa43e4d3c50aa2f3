package dev.octosts.webhook;

import dev.octosts.api.DeliveryBody;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Checks the signature of a delivery.
 *
 * @see <a href="https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries">GitHub: validating
 *     webhook deliveries</a>
 */
final class Signatures {

    static final String ALGORITHM = "HmacSHA256";

    private static final String PREFIX = "sha256=";
    private static final int DIGITS = 64;

    private final WebhookSecrets secrets;

    Signatures(WebhookSecrets secrets) {
        this.secrets = secrets;
    }

    /** Whether the body was signed with one of the secrets. The time it takes does not reveal which one. */
    boolean vouchFor(DeliveryBody body, String signature) {
        String digits = signature.startsWith(PREFIX) ? signature.substring(PREFIX.length()) : "";
        if (digits.length() != DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            return false;
        }
        byte[] given = HexFormat.of().parseHex(digits);
        boolean known = false;
        for (WebhookSecret secret : secrets.now()) {
            known |= MessageDigest.isEqual(signature(body, secret), given);
        }
        return known;
    }

    private static byte[] signature(DeliveryBody body, WebhookSecret secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret.key());
            body.parts().forEach(mac::update);
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", impossible);
        }
    }
}
