package dev.octosts.api;

import java.net.PasswordAuthentication;
import java.util.Optional;

/** The user names and passwords for proxies. A {@link java.net.ProxySelector} may implement this interface, too. */
public interface ProxyLogins {

    /**
     * The name and the password for a proxy; empty when the proxy needs none.
     *
     * @param host of the proxy
     * @param port of the proxy
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617, the Basic HTTP authentication scheme</a>
     */
    Optional<PasswordAuthentication> login(String host, int port);
}
