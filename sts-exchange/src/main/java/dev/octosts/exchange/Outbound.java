package dev.octosts.exchange;

import java.net.ProxySelector;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The settings for outgoing calls of this process.
 *
 * @param tls the trust settings for servers
 * @param proxies which proxy to use for an address; empty when calls go out directly
 */
public record Outbound(SSLContext tls, Optional<ProxySelector> proxies) {}
