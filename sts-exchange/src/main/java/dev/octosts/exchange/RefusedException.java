package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.policy.text.Quoted;

/**
 * Leaves the pipeline of {@link Exchange} early, and is caught at its end: what its callers see is a value. It is what
 * lets the steps stand one below the other.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedException(ProblemCode code, String message) {
        this(new Problem(code, message));
    }

    RefusedException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    static RefusedException notInstalled(Target target) {
        return new RefusedException(NOT_FOUND, "no installation found for " + Quoted.of(target.owner()));
    }

    static RefusedException notFound(Target target) {
        return new RefusedException(NOT_FOUND, "unable to find trust policy for " + Quoted.of(target.identity()));
    }

    static RefusedException limited(Target target) {
        return new RefusedException(
                RESOURCE_EXHAUSTED, "GitHub API rate limit exceeded for " + Quoted.of(target.identity()));
    }

    Problem problem() {
        return problem;
    }
}
