package dev.octosts.github;

import dev.octosts.github.key.SigningException;
import java.time.Duration;

/** Where an App gets the JWT that proves its identity. */
interface JwtSource {

    /** One that was signed a moment ago and refused would be refused again. */
    Duration FRESH = Duration.ofSeconds(10);

    /**
     * A JWT that GitHub accepts now.
     *
     * @throws SigningException when there is none, because the key did not sign
     */
    String jwt() throws SigningException;

    /**
     * Drops a JWT that GitHub does not accept: the key may be another one by now.
     *
     * @return whether the next one may be accepted, because this one was not fresh
     */
    boolean forget();
}
