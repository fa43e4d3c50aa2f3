package dev.octosts.api;

/**
 * The input that a user tries out on the playground. None of it is kept.
 *
 * @param policy the text of a policy file
 * @param claims the claims of a token, a JSON object as text; empty when only the policy is checked
 * @param scope {@code owner} or {@code owner/repository}, where the file would be; empty when it is not known
 * @param domain the audience of tokens when the policy names none; empty for this service's
 */
public record PlaygroundInput(String policy, String claims, String scope, String domain) {

    /** How many bytes of UTF-8 a policy may have. */
    public static final int MAXIMUM_POLICY = 100_000;

    /** How many bytes of UTF-8 the claims may have. */
    public static final int MAXIMUM_CLAIMS = 64_000;

    /** How many bytes of UTF-8 scope and domain may have. */
    public static final int MAXIMUM_NAME = 500;

    /** The input belongs to the user and may end up in a log, so it is not shown. */
    @Override
    public String toString() {
        return "PlaygroundInput[***]";
    }
}
