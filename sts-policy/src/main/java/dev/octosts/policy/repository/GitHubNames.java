package dev.octosts.policy.repository;

/**
 * The grammar of names on GitHub: ASCII letters, digits and a few other characters. GitHub treats all spellings of a
 * name in upper and lower case as one name.
 */
public final class GitHubNames {
    /** GitHub's limit for repositories. Logins are shorter, but nothing here depends on that. */
    private static final int MAX_LENGTH = 100;
    /** GitHub's limit for the logins that people choose. */
    private static final int MAX_LOGIN = 39;

    private GitHubNames() {}

    /**
     * Whether a text can be the login of a user or an organization. Looser than GitHub: GitHub does not find a login
     * that it does not have.
     */
    public static boolean isOwner(String text) {
        return isMadeOf(text, false);
    }

    /**
     * Whether a text has the form of a login that a person can choose: GitHub's length, and a letter or digit in front.
     * Stricter than {@link #isOwner} on purpose: a command line sees the difference between a login and an option or a
     * path that was given instead.
     */
    public static boolean isLogin(String text) {
        return isOwner(text) && text.length() <= MAX_LOGIN && isAlphanumeric(text.charAt(0));
    }

    /** Whether a text can be the name of a repository, without its owner. */
    public static boolean isRepository(String text) {
        return isName(text) && !text.equals(".") && !text.equals("..");
    }

    /**
     * Whether a text has the characters and the length of a repository's name, which logins have, too. Looser than
     * {@link #isRepository}: {@code .} and {@code ..} are names in this sense.
     */
    public static boolean isName(String text) {
        return isMadeOf(text, true);
    }

    private static boolean isMadeOf(String text, boolean dots) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Logins of enterprise-managed users have an underscore.
            if (!isAlphanumeric(c) && c != '-' && c != '_' && !(dots && c == '.')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
