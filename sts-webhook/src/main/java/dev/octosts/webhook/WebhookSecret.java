package dev.octosts.webhook;

import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A secret that GitHub signs deliveries with. */
public final class WebhookSecret {

    private final SecretKeySpec key;

    /**
     * A secret.
     *
     * @param text as it was given to GitHub, byte for byte; not empty
     */
    public WebhookSecret(String text) {
        this(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A secret.
     *
     * @param text as it was given to GitHub; not empty, and copied, so that the caller can clear it
     */
    public WebhookSecret(byte[] text) {
        this.key = new SecretKeySpec(text, Signatures.ALGORITHM);
    }

    SecretKeySpec key() {
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebhookSecret that && key.equals(that.key); // takes the same time wherever they differ
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "WebhookSecret[***]";
    }
}
