package dev.octosts.github;

import dev.octosts.github.key.SigningException;

/** Where an App gets the JWT that proves its identity. */
@FunctionalInterface
interface JwtSource {

    /**
     * A JWT that GitHub accepts now.
     *
     * @throws SigningException when there is none, because the key did not sign
     */
    String jwt() throws SigningException;
}
