package dev.octosts.policy;

import dev.octosts.policy.text.Characters;

/** Which issuers, subjects, audiences and addresses are well formed. Byte exact; nothing is normalized. */
public final class Formats {
    private static final int MAX_LENGTH = 255;
    private static final int MAX_ENDPOINT_LENGTH = 2048;
    private static final String NEVER_IN_A_SUBJECT = "\"'`\\<>;&$(){}[]";
    private static final String NEVER_IN_A_NAMED_SUBJECT = "\"'`\\<>;&$";
    private static final String NEVER_IN_AN_AUDIENCE = NEVER_IN_A_SUBJECT + "|@";

    private Formats() {}

    /** Whether the text may name an issuer: an absolute https URL without user info, query or fragment. */
    public static boolean isIssuer(String issuer) {
        return issuer.length() <= MAX_LENGTH && WebAddress.isIssuer(issuer);
    }

    /** Whether a token may have this subject. */
    public static boolean isSubject(String subject) {
        return isName(subject, NEVER_IN_A_SUBJECT);
    }

    /**
     * Whether a token may have this subject where a policy names it exactly: brackets are fine there, and blanks
     * between other characters.
     */
    public static boolean isNamedSubject(String subject) {
        return !subject.startsWith(" ")
                && !subject.endsWith(" ")
                && isName(subject.replace(' ', '_'), NEVER_IN_A_NAMED_SUBJECT);
    }

    /** Whether a token may have this audience. */
    public static boolean isAudience(String audience) {
        return isName(audience, NEVER_IN_AN_AUDIENCE);
    }

    /**
     * Whether an issuer's {@code jwks_uri} or redirect may be followed: scheme and host as an issuer's, no user info;
     * path and query are free.
     */
    public static boolean isEndpoint(String uri) {
        return uri.length() <= MAX_ENDPOINT_LENGTH && WebAddress.isEndpoint(uri);
    }

    private static boolean isName(String text, String refused) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!Characters.isPrintable(codePoint) || refused.indexOf(codePoint) >= 0) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }
}
