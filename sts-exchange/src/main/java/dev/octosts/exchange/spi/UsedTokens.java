package dev.octosts.exchange.spi;

import java.time.Duration;

/** Remembers which tokens were exchanged, for as long as they could be exchanged again. */
public interface UsedTokens {

    /**
     * One use of a token.
     *
     * @param token identifies the token: a digest, SHA-256 in lower-case hexadecimal, because the store need not
     *     contain anything of a token
     * @param holder identifies the use, so that no other use can take it back
     * @param owner the account whose policy has accepted the token, in lower case
     */
    record Use(String token, String holder, String owner) {}

    /** What became of a use. */
    enum Result {
        /** It is the first one, and is remembered now. */
        FIRST,
        /** The token was used before. */
        REPEATED,
        /** There is no room to remember it. */
        FULL
    }

    /**
     * Remembers a use, unless the token was used before. Of several uses at the same time, on whatever replicas, one is
     * the first.
     *
     * @param life for how long the token is remembered; positive
     */
    Result use(Use use, Duration life) throws StoreException;

    /** Takes a use back: it led to nothing. Does nothing when another use holds the token, or none. */
    void takeBack(Use use) throws StoreException;
}
