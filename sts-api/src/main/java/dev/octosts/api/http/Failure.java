package dev.octosts.api.http;

import dev.octosts.api.Problem;
import java.util.Map;

/**
 * The entity of an answer that is a failure, before {@link FailureForm} chooses its form.
 *
 * @param problem what went wrong
 * @param body what clients get unless they ask for problem details
 * @param further members of the body that problem details have, too
 */
record Failure(Problem problem, Object body, Map<String, Object> further) {}
