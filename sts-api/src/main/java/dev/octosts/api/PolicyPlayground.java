package dev.octosts.api;

/** Looks at a policy that is only being written. */
public interface PolicyPlayground {

    /**
     * Checks a policy, and says whether it would accept a token. Calls nobody, keeps and logs nothing.
     *
     * @param input what to look at, within its bounds
     * @return everything that there is to say, or why it is not looked at
     */
    PolicyAnswer evaluate(PlaygroundInput input);
}
