package dev.octosts.app.settings;

/** Which parts of the service one process serves; the reference deploys them apart. */
public enum Serving {
    /** Everything that is configured. */
    ALL,
    /** The exchange alone. */
    EXCHANGE,
    /** The webhook alone, on every path but those that watch the service. */
    WEBHOOK;

    /** Whether tokens are exchanged. */
    public boolean exchanges() {
        return this != WEBHOOK;
    }
}
