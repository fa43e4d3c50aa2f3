package dev.octosts.api;

import java.net.ProxySelector;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How outgoing calls leave this process.
 *
 * @param tls the trust settings for servers
 * @param proxies which proxy to use for an address; empty when calls go out directly; see {@link
 *     ProxyLogins}
 */
public record Egress(SSLContext tls, Optional<ProxySelector> proxies) {}
