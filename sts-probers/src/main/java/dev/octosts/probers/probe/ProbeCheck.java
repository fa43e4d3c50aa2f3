package dev.octosts.probers.probe;

/** One question to a service or to GitHub, and the expected answer. */
public enum ProbeCheck {
    IDENTITY_TOKEN("identity-token", "the platform gives this workload a token"),
    EXCHANGE("exchange", "the service exchanges it for a GitHub token"),
    EXPIRY("expiry", "the GitHub token ends within an hour"),
    CONTENTS_READ("contents-read", "the token reads the policy that granted it"),
    ISSUES_READ("issues-read", "the token lists issues"),
    ISSUE_REFUSED("issue-refused", "the token cannot create an issue"),
    OTHER_REPOSITORY("other-repository", "the token is good for no other repository"),
    UNKNOWN_IDENTITY("unknown-identity", "an identity without a policy is refused as NotFound"),
    REVOCATION("revocation", "GitHub takes the token back"),
    DEAD("dead", "the token is no longer accepted"),
    SPEED("speed", "every answer comes in time"),
    NO_TOKEN("no-token", "a caller without a token is refused as Unauthenticated"),
    TAMPERED_SIGNATURE("tampered-signature", "a token with another signature is refused as Unauthenticated"),
    ALG_NONE("alg-none", "an unsigned token (alg: none) is refused as Unauthenticated"),
    EXPIRED_TOKEN("expired-token", "an expired token is refused as Unauthenticated"),
    WRONG_AUDIENCE("wrong-audience", "a token for somebody else is refused as PermissionDenied"),
    OTHER_IDENTITY("other-identity", "a policy for somebody else refuses as PermissionDenied"),
    STRANGER("stranger", "this workload is refused, whatever the reason");

    private final String text;
    private final String expected;

    ProbeCheck(String text, String expected) {
        this.text = text;
        this.expected = expected;
    }

    /** The expected result, as a sentence. */
    public String expected() {
        return expected;
    }

    @Override
    public String toString() {
        return text;
    }
}
