package dev.octosts.exchange.source;

/** The reason why nothing is known about an organization's file. */
public enum Cause {
    /** A rate limit was seen. */
    LIMITED,
    /** GitHub failed, or refused to answer. */
    FAILED,
    /** No App is installed any more. */
    NOT_INSTALLED
}
