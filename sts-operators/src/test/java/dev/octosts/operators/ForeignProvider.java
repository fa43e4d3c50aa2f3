package dev.octosts.operators;

import java.net.URI;

/** An identity provider that is not ours, in a process of its own. */
interface ForeignProvider extends AutoCloseable {

    /** As its tokens name it. */
    String issuer();

    /** The client that people log in with. */
    String clientId();

    /** Stops to listen. */
    void down();

    /** Listens again, with what it knew before. */
    void up();

    /** Signs with another key from now on, and publishes that one alone. */
    void rotate();

    /**
     * Logs a person in, as a browser would.
     *
     * @param begun where the console sends the browser
     * @return where the provider sends it back to
     */
    URI logIn(ForeignBrowser browser, URI begun, String person);

    /**
     * A token that the provider gives to a program.
     *
     * @param program {@code robot}, whose group has a role, or {@code poor-robot}, whose group has none
     * @param audience for whom
     */
    String token(String program, String audience);

    @Override
    void close();
}
