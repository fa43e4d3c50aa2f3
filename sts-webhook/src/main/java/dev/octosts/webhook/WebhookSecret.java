package dev.octosts.webhook;

import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;

/** A secret that GitHub signs deliveries with. */
public final class WebhookSecret {

    private final SecretKeySpec key;

    /**
     * A secret.
     *
     * @param text as it was given to GitHub, byte for byte; not empty
     */
    public WebhookSecret(String text) {
        this.key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), Signatures.ALGORITHM);
    }

    SecretKeySpec key() {
        return key;
    }

    @Override
    public String toString() {
        return "WebhookSecret[***]";
    }
}
