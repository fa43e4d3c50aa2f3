package dev.octosts.webhook;

import java.util.List;

/** The secrets that deliveries may be signed with now. They may be replaced while the program runs, all at once. */
public final class WebhookSecrets {

    private volatile List<WebhookSecret> now;

    /** @param now with none, no delivery is accepted */
    public WebhookSecrets(List<WebhookSecret> now) {
        this.now = List.copyOf(now);
    }

    /** The secrets that hold for a delivery that comes now. */
    public List<WebhookSecret> now() {
        return now;
    }

    /**
     * Takes other secrets in the place of those before.
     *
     * @param secrets one at least, because a webhook that is on is never switched off while the program runs
     */
    public void replace(List<WebhookSecret> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a webhook has at least one secret");
        }
        now = List.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "WebhookSecrets[***]";
    }
}
