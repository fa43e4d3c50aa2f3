package dev.octosts.policy.pattern;

import java.util.BitSet;

/**
 * The cost of {@code (?i)} in one pattern. For every character of a range, RE2/J looks for the characters that differ
 * from it in case only.
 */
final class CaseFolding {
    /** The number of characters that ranges may have together; all letters of Europe are a tenth of it. */
    private static final int MAX_CHARACTERS = 20_000;

    private int left = MAX_CHARACTERS;

    /** Characters at which RE2/J never comes to an end. */
    private static final class Endless {
        private static final BitSet CHARACTERS = characters();

        /**
         * RE2/J goes from a character to its lower case, or else to its upper case, until it is back at the first one.
         * It never gets back when the JDK knows a character, such as U+1C80, that is newer than RE2/J's table.
         */
        private static BitSet characters() {
            var characters = new BitSet();
            for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
                int lower = Character.toLowerCase(c);
                int upper = Character.toUpperCase(c);
                boolean returns = lower == c
                        ? upper == c || Character.toLowerCase(upper) == c
                        : Character.toUpperCase(lower) == c;
                characters.set(c, !returns);
            }
            IN_THE_TABLE.codePoints().forEach(characters::clear);
            return characters;
        }
    }

    /** Characters for which RE2/J 1.8 knows the characters that differ from them in case only. */
    private static final String IN_THE_TABLE =
            "\u00b5\u0130\u0131\u017f\u01c5\u01c8\u01cb\u01f2\u0345\u03c2\u03d0\u03d1"
                    + "\u03d5\u03d6\u03f0\u03f1\u03f4\u03f5\u1e9b\u1e9e\u1fbe\u2126\u212a\u212b";

    /** Charges the characters from one to another, both included. */
    void charge(int first, int last) throws PatternFault {
        if (last < 0x80) {
            return;
        }
        left -= last - first;
        if (left < 0) {
            throw new PatternFault(
                    PatternFault.Kind.TOO_LARGE, "its ranges without regard to case have too many characters");
        }
        int endless = Endless.CHARACTERS.nextSetBit(first);
        if (endless >= 0 && endless <= last) {
            throw new PatternFault("the character U+%04X has no place in a pattern with (?i)".formatted(endless));
        }
    }
}
