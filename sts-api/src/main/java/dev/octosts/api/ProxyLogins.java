package dev.octosts.api;

import java.net.PasswordAuthentication;
import java.util.Optional;

/** The names and passwords for proxies. A {@link java.net.ProxySelector} may be one, too. */
public interface ProxyLogins {

    /**
     * The name and the password for a proxy; empty when it wants none.
     *
     * @param host of the proxy
     * @param port of the proxy
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617, the Basic HTTP authentication scheme</a>
     */
    Optional<PasswordAuthentication> login(String host, int port);
}
