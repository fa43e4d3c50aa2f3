package dev.octosts.policy.lint;

/** Decides whether two texts differ by a typing mistake. */
final class IssuerSpelling {
    private IssuerSpelling() {}

    /** Whether one text becomes the other by one insertion, deletion or replacement, or by swapping two neighbours. */
    static boolean isNear(String one, String other) {
        int start = 0;
        int shorter = Math.min(one.length(), other.length());
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        String here = one.substring(start, one.length() - end);
        String there = other.substring(start, other.length() - end);
        boolean swapped = here.length() == 2 && there.contentEquals(new StringBuilder(here).reverse());
        return swapped || Math.max(here.length(), there.length()) == 1;
    }
}
