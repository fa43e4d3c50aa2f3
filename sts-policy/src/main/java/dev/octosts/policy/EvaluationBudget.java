package dev.octosts.policy;

/**
 * The highest cost that one evaluation of a policy may have, in steps of about 3 ns. It is charged before a pattern is
 * matched, by the size of the pattern and the length of the value, so that the same policy and token always get the
 * same answer.
 */
final class EvaluationBudget {
    /** About 5 ms. Policies in the field take less than a thousandth of it. */
    static final long MAX_STEPS = 1_500_000;
    /** The steps of one exact comparison with a value of a token. */
    static final int COMPARISON = 10;

    private long left = MAX_STEPS;

    /** Whether that many steps are left; if so, they are charged. */
    boolean allows(long steps) {
        if (steps > left) {
            return false;
        }
        left -= steps;
        return true;
    }
}
