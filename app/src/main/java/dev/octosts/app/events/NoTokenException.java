package dev.octosts.app.events;

/** There is no identity token. */
final class NoTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param why in a few words, without anything of an answer */
    NoTokenException(String why) {
        super(why, null, false, false);
    }
}
