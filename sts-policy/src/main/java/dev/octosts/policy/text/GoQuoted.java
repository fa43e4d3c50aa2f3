package dev.octosts.policy.text;

/** Short for {@link SafeText#goQuoted}. */
public final class GoQuoted {
    private GoQuoted() {}

    /** The text in quotes. */
    public static String of(String text) {
        return SafeText.goQuoted(text);
    }
}
