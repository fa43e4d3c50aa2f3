package dev.octosts.exchange.organization;

/** Why nothing is known of an organization's file. */
public enum Cause {
    /** A rate limit was seen. */
    LIMITED,
    /** GitHub failed, or refused to tell. */
    FAILED,
    /** No App is installed any more. */
    NOT_INSTALLED
}
