package dev.octosts.app.settings;

/** The parts of the service that one process serves; the reference deploys them separately. */
public enum ServedParts {
    /** Every part that is configured. */
    ALL,
    /** The exchange alone. */
    EXCHANGE,
    /** The webhook alone, on every path except the paths that monitor the service. */
    WEBHOOK;

    /** Whether tokens are exchanged. */
    public boolean exchanges() {
        return this != WEBHOOK;
    }
}
