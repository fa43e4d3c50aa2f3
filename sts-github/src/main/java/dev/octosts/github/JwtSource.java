package dev.octosts.github;

import dev.octosts.github.key.SigningException;
import org.jspecify.annotations.Nullable;

/** Where an App gets the JWT that proves its identity. */
interface JwtSource {

    /**
     * A JWT that GitHub accepts now.
     *
     * @throws SigningException when there is none, because the key did not sign
     */
    String jwt() throws SigningException;

    /** The JWT that is in use; null when there is none. */
    @Nullable
    AppJwt inUse();

    /**
     * Drops a JWT that GitHub does not accept: the key may be another one by now.
     *
     * @param refused the JWT that was in use before the call
     * @return whether the next one may be accepted, because this one was not fresh, or is not in use any more
     */
    boolean forget(@Nullable AppJwt refused);

    /**
     * The App has no more use for this source: it does nothing ahead of need any more. Who still asks gets an answer.
     */
    default void end() {}
}
