package dev.octosts.operators.access;

/** What a route needs of its caller. Where a role is limited to accounts, the route shows and takes only those. */
public enum Need {
    /** Nothing: the route shows nothing of the service. */
    NOTHING,
    /** Any role. */
    VIEWER,
    /** A role for every account: the route shows what belongs to no account. */
    VIEWER_OF_ALL,
    /** A role that may act. */
    OPERATOR,
    /** A role that may act on everything. */
    OPERATOR_OF_ALL;

    /** Whether somebody has what is needed. */
    public boolean isMetBy(Operator operator) {
        return switch (this) {
            case NOTHING -> true;
            case VIEWER -> !operator.views().isNothing();
            case VIEWER_OF_ALL -> operator.views().everything();
            case OPERATOR -> !operator.changes().isNothing();
            case OPERATOR_OF_ALL -> operator.changes().everything();
        };
    }
}
