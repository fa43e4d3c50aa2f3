package dev.octosts.exchange;

import java.net.ProxySelector;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How calls leave this process.
 *
 * @param tls whom to trust
 * @param proxies which proxy to use for an address; empty when calls go out directly
 */
public record Outbound(SSLContext tls, Optional<ProxySelector> proxies) {}
