package dev.octosts.app.keys;

/** Where a key or a secret is, outside of the program: in a file, or in a manager of secrets. */
public interface SecretSource {

    /** What logs call the place; no secret. */
    String place();

    /** Who keeps it: {@code file}, or the provider of the manager of secrets. */
    String provider();

    /** Whether reading it takes no call, so that it can be looked at often. */
    boolean isLocal();

    /**
     * The content now. Who reads it clears it after use.
     *
     * @throws IllegalArgumentException when it cannot be read, with what is wrong and what to do as its message; never
     *     with any of the content, or of a manager's answer
     */
    byte[] read();
}
