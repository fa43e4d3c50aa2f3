package dev.octosts.policy.pattern;

import java.util.BitSet;

/**
 * A pattern as a deterministic automaton, written out when the policy is compiled: matching reads one entry per
 * character and allocates nothing.
 */
final class Table implements ValueMatcher {
    /** The state from which nothing can match any more; the pattern's start is the one after it. */
    static final int DEAD = 0;

    private final Alphabet alphabet;
    /** By state and letter, the index at which the next state's entries start. */
    private final char[] next;

    private final BitSet accepting;

    /**
     * @param rows the next state by state and letter
     * @param accepting the states in which a value may end
     */
    Table(Alphabet alphabet, char[][] rows, BitSet accepting) {
        int width = alphabet.size();
        this.alphabet = alphabet;
        this.next = new char[rows.length * width];
        this.accepting = new BitSet();
        for (int state = 0; state < rows.length; state++) {
            for (int letter = 0; letter < width; letter++) {
                next[state * width + letter] = (char) (rows[state][letter] * width);
            }
            this.accepting.set(state * width, accepting.get(state));
        }
    }

    @Override
    public boolean matches(String value) {
        int state = alphabet.size();
        for (int i = 0; i < value.length() && state != DEAD; i++) {
            char unit = value.charAt(i);
            if (Character.isHighSurrogate(unit)) {
                int codePoint = value.codePointAt(i);
                state = next[state + alphabet.letterOf(codePoint)];
                i += Character.charCount(codePoint) - 1;
            } else {
                state = next[state + alphabet.letterOf(unit)];
            }
        }
        return accepting.get(state);
    }

    @Override
    public int stepsPerCharacter() {
        return 1;
    }

    @Override
    public int weight() {
        return 2 * next.length + alphabet.weight() + 100;
    }
}
