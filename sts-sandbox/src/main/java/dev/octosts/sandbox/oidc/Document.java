package dev.octosts.sandbox.oidc;

/** The documents that an issuer serves. */
public enum Document {
    DISCOVERY,
    JWKS
}
