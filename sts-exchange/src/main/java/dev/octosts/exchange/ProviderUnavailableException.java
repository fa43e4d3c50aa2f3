package dev.octosts.exchange;

/** The operators' identity provider does not answer, or not with what is needed. */
public final class ProviderUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A failure of the provider.
     *
     * @param message for the log
     */
    public ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
