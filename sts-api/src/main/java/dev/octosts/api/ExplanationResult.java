package dev.octosts.api;

import java.util.Map;

/** The answer to a question about a policy: facts or a refusal. */
public sealed interface ExplanationResult {

    /**
     * The question can be answered.
     *
     * @param facts for programs to read: texts, numbers, booleans, lists and maps, as the description of the API has
     *     them
     */
    record Told(Map<String, Object> facts) implements ExplanationResult {}

    /**
     * The question cannot be answered, or not to this caller.
     *
     * @param problem why
     */
    record Refused(Problem problem) implements ExplanationResult {}
}
