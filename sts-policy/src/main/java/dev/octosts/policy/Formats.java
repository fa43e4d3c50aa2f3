package dev.octosts.policy;

import dev.octosts.policy.text.Characters;

/** Checks whether issuers, subjects, audiences and addresses are well formed. Byte exact; nothing is normalized. */
public final class Formats {
    private static final int MAX_LENGTH = 255;
    private static final int MAX_ENDPOINT_LENGTH = 2048;
    private static final int MAX_SUBJECT_LENGTH = 1024;
    private static final String NEVER_IN_A_SUBJECT = "\"'`\\<>;&$";
    private static final String NEVER_IN_AN_AUDIENCE = NEVER_IN_A_SUBJECT + "(){}[]|@";

    private Formats() {}

    /** Whether the text may name an issuer: an absolute https URL without user info, query or fragment. */
    public static boolean isIssuer(String issuer) {
        return issuer.length() <= MAX_LENGTH && WebAddress.isIssuer(issuer);
    }

    /**
     * Whether a token may have this subject. Environments, projects and workspaces have brackets and blanks in their
     * names; a blank at an end is an accident.
     */
    public static boolean isSubject(String subject) {
        return !subject.startsWith(" ")
                && !subject.endsWith(" ")
                && isName(subject, MAX_SUBJECT_LENGTH, true, NEVER_IN_A_SUBJECT);
    }

    /** Whether a token may have this audience. */
    public static boolean isAudience(String audience) {
        return isName(audience, MAX_LENGTH, false, NEVER_IN_AN_AUDIENCE);
    }

    /**
     * Whether an issuer's {@code jwks_uri} or redirect may be followed. Scheme and host must be as an issuer's, without
     * user info; path and query are free.
     */
    public static boolean isEndpoint(String uri) {
        return uri.length() <= MAX_ENDPOINT_LENGTH && WebAddress.isEndpoint(uri);
    }

    private static boolean isName(String text, int maxLength, boolean blanks, String refused) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > maxLength) {
            return false;
        }
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            boolean visible = Characters.isPrintable(codePoint) || (blanks && codePoint == ' ');
            if (!visible || refused.indexOf(codePoint) >= 0) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }
}
