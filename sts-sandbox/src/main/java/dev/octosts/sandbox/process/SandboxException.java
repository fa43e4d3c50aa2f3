package dev.octosts.sandbox.process;

/** The reason why a command cannot go on, in words for the user who typed it. */
public final class SandboxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
