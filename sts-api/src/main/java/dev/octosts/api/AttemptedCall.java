package dev.octosts.api;

/** A kind of call that is made again when an attempt brings no usable answer. */
public enum AttemptedCall {
    /** A document of an issuer. */
    ISSUER,
    /** A read at GitHub. */
    GITHUB_READ
}
