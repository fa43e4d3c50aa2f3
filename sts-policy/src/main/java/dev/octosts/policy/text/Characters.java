package dev.octosts.policy.text;

/** Classes of characters by Unicode category. */
public final class Characters {
    private Characters() {}

    /**
     * Categories L, M, N, P and S: characters with a visible form. Blanks, controls, private use and unassigned have
     * none.
     */
    public static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UNASSIGNED,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
