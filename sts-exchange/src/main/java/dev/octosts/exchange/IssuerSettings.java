package dev.octosts.exchange;

import java.util.Set;

/**
 * Which OIDC issuers may be asked for their keys.
 *
 * @param allowed the only issuers that are accepted, byte for byte; empty when any is
 * @param allowLoopback whether an issuer may live on this machine
 * @param allowPrivate whether an issuer may live in a private network
 */
public record IssuerSettings(Set<String> allowed, boolean allowLoopback, boolean allowPrivate) {

    public IssuerSettings {
        allowed = Set.copyOf(allowed);
    }
}
