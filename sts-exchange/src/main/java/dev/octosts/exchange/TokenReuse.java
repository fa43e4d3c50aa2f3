package dev.octosts.exchange;

/** Whether one OIDC token may be exchanged several times. */
public enum TokenReuse {
    /** As often as its caller likes, until it expires. */
    ALLOW,
    /** Once; used tokens are remembered in this process. */
    DENY_IN_MEMORY,
    /** Once; used tokens are remembered in the database, which replicas may share. */
    DENY_IN_DATABASE
}
