package dev.octosts.sandbox.oidc;

/** What can be fetched from an issuer. */
public enum Document {
    DISCOVERY,
    JWKS
}
