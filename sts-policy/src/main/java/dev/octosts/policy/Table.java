package dev.octosts.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pattern as a deterministic automaton, written out when the policy is compiled: matching reads one table entry per
 * character and allocates nothing.
 */
final class Table {
    private static final int MAX_ENTRIES = 1 << 15;
    private static final int MAX_STEPS = 1 << 18;
    /** Nothing that follows can make the value match. */
    private static final int DEAD = 0;

    private static final int START = 1;

    private final Alphabet alphabet;
    private final char[] next;
    private final BitSet accepting;

    private Table(Alphabet alphabet, List<char[]> rows, BitSet accepting) {
        this.alphabet = alphabet;
        this.accepting = accepting;
        this.next = new char[rows.size() * alphabet.size()];
        for (int state = 0; state < rows.size(); state++) {
            System.arraycopy(rows.get(state), 0, next, state * alphabet.size(), alphabet.size());
        }
    }

    /** Null when the table would be too large. */
    static @Nullable Table of(Automaton automaton) {
        return new Builder(automaton).build();
    }

    boolean matches(String value) {
        int state = START;
        for (int i = 0; i < value.length() && state != DEAD; ) {
            int codePoint = value.codePointAt(i);
            state = next[state * alphabet.size() + alphabet.letterOf(codePoint)];
            i += Character.charCount(codePoint);
        }
        return accepting.get(state);
    }

    int weight() {
        return 2 * next.length + alphabet.weight() + 100;
    }

    /** Sets of the other automaton's states become states, one after the other as they are met. */
    private static final class Builder {
        private final Automaton automaton;
        private final Alphabet alphabet;
        private final Map<BitSet, Integer> numbers = new HashMap<>();
        private final List<BitSet> found = new ArrayList<>();
        private final List<char[]> rows = new ArrayList<>();
        private final BitSet[] reached;
        private int steps;

        Builder(Automaton automaton) {
            this.automaton = automaton;
            var sets = new LinkedHashSet<CodePoints>();
            for (int state = 0; state < automaton.size(); state++) {
                CodePoints reads = automaton.reads(state);
                if (reads != null) {
                    sets.add(reads);
                }
            }
            this.alphabet = new Alphabet(sets);
            this.reached = new BitSet[automaton.size()];
        }

        @Nullable
        Table build() {
            number(new BitSet());
            number(reachedFrom(automaton.start()));
            while (rows.size() < found.size()) {
                if (found.size() * alphabet.size() > MAX_ENTRIES || steps > MAX_STEPS) {
                    return null;
                }
                rows.add(row(found.get(rows.size())));
            }
            var accepting = new BitSet();
            for (int state = 0; state < found.size(); state++) {
                accepting.set(state, found.get(state).get(Automaton.ACCEPTING));
            }
            return new Table(alphabet, rows, accepting);
        }

        private char[] row(BitSet states) {
            var row = new char[alphabet.size()];
            for (int letter = 0; letter < row.length; letter++) {
                row[letter] = (char) number(after(states, alphabet.example(letter)));
            }
            return row;
        }

        private BitSet after(BitSet states, int codePoint) {
            var after = new BitSet();
            for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
                CodePoints reads = automaton.reads(state);
                if (reads != null && reads.contains(codePoint)) {
                    after.or(reachedFrom(automaton.next(state)));
                    steps += automaton.size() / Long.SIZE;
                }
                steps++;
            }
            return after;
        }

        private int number(BitSet states) {
            Integer known = numbers.putIfAbsent(states, found.size());
            if (known == null) {
                found.add(states);
                return found.size() - 1;
            }
            return known;
        }

        private BitSet reachedFrom(int state) {
            if (reached[state] == null) {
                reached[state] = automaton.reached(state);
            }
            return reached[state];
        }
    }
}
