package dev.octosts.app.events;

import dev.octosts.github.key.ServiceHttp;

/** Who gives identity tokens for one audience. */
interface TokenGiver {

    /** As logs call it. */
    String name();

    /** What an operator does when it gives none. */
    String advice();

    /** Asks for a token. */
    ServiceHttp.ServiceRequest question() throws NoTokenException;

    /** The token in an answer with the status 200; anything when there is none. */
    String token(ServiceHttp.ServiceAnswer answer);
}
