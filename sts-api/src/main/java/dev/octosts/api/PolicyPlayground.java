package dev.octosts.api;

/** Checks a policy that is still being written, for the playground. */
public interface PolicyPlayground {

    /**
     * Checks a policy, and says whether it would accept a token. Makes no outgoing calls, keeps nothing and logs
     * nothing.
     *
     * @param input the policy and the claims to check, within their bounds
     * @return all findings, or why the input is not checked
     */
    ExplanationResult evaluate(PlaygroundInput input);
}
