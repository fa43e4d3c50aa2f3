package dev.octosts.policy.guardrail;

import java.util.Locale;
import java.util.Optional;

/**
 * A repository's name with {@code *} for any characters and {@code ?} for one; with {@code owner/} before it, or for
 * every owner. Case does not matter, as it does not to GitHub.
 */
final class RepositoryGlob {
    private static final int LONGEST_NAME = 100;

    private final String owner;
    private final String name;

    private RepositoryGlob(String owner, String name) {
        this.owner = owner;
        this.name = name;
    }

    /** Empty when no repository can match the text. */
    static Optional<RepositoryGlob> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int slash = lower.indexOf('/');
        String owner = slash < 0 ? "*" : lower.substring(0, slash);
        String name = lower.substring(slash + 1);
        return isPossible(owner, "-_*?") && isPossible(name, "-_.*?") && !name.equals(".") && !name.equals("..")
                ? Optional.of(new RepositoryGlob(owner, name))
                : Optional.empty();
    }

    boolean matches(String ofOwner, String repository) {
        return fits(owner, ofOwner.toLowerCase(Locale.ROOT)) && fits(name, repository.toLowerCase(Locale.ROOT));
    }

    /** Whether it can match a repository of the owner. */
    boolean mayMatch(String ofOwner) {
        return fits(owner, ofOwner.toLowerCase(Locale.ROOT));
    }

    private static boolean isPossible(String glob, String others) {
        return !glob.isEmpty()
                && glob.length() - glob.chars().filter(c -> c == '*').count() <= LONGEST_NAME
                && glob.length() <= 2 * LONGEST_NAME
                && glob.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || others.indexOf(c) >= 0);
    }

    /** Goes back to the last star only, so it takes at most as many steps as both lengths multiplied. */
    private static boolean fits(String glob, String text) {
        int g = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            char wanted = g < glob.length() ? glob.charAt(g) : '\0';
            if (wanted == '*') {
                star = g++;
                resume = t;
            } else if (wanted == '?' || wanted == text.charAt(t)) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
