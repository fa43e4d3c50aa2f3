package dev.octosts.policy.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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

    /**
     * Makes a table: the sets of an automaton's states that can be reached together become the table's states,
     * numbered as they are met.
     */
    static final class Builder {
        /** An entry holds an index into the table, so a char must be able to. */
        private static final int MAX_ENTRIES = 1 << 15;

        private static final int MAX_STEPS = 1 << 15;
        private static final int[] NONE = {};

        private final Automaton automaton;
        private final boolean small;
        private final Alphabet alphabet;
        private final int[][] lettersRead;
        private final BitSet[] reached;
        private final Map<BitSet, Integer> numbers = new HashMap<>();
        private final List<BitSet> found = new ArrayList<>();
        private int steps;

        Builder(Automaton automaton) {
            this.automaton = automaton;
            this.reached = new BitSet[automaton.size()];
            this.lettersRead = new int[automaton.size()][];
            Map<CodePoints, int[]> letters = new HashMap<>();
            for (int state = 0; state < automaton.size(); state++) {
                CodePoints reads = automaton.reads(state);
                if (reads != null) {
                    letters.put(reads, NONE);
                }
            }
            this.small = (long) letters.size() * Alphabet.intervals(letters.keySet()) <= MAX_STEPS;
            this.alphabet = new Alphabet(small ? letters.keySet() : List.of());
            if (!small) {
                return;
            }
            letters.replaceAll((set, none) -> IntStream.range(0, alphabet.size())
                    .filter(letter -> set.contains(alphabet.example(letter)))
                    .toArray());
            for (int state = 0; state < automaton.size(); state++) {
                CodePoints reads = automaton.reads(state);
                lettersRead[state] = reads == null ? NONE : letters.getOrDefault(reads, NONE);
            }
        }

        /** The amount of work, at most a little more than {@link #MAX_STEPS}. */
        int steps() {
            return small ? steps : MAX_STEPS;
        }

        /** Null when the table would be too large or take too long. */
        @Nullable
        Table build() {
            if (!small) {
                return null;
            }
            var rows = new ArrayList<char[]>();
            number(new BitSet());
            number(reachedFrom(automaton.start()));
            while (rows.size() < found.size()) {
                rows.add(row(found.get(rows.size())));
                if (found.size() * alphabet.size() > MAX_ENTRIES || steps > MAX_STEPS) {
                    return null;
                }
            }
            var accepting = new BitSet();
            for (int state = 0; state < found.size(); state++) {
                accepting.set(state, found.get(state).get(Automaton.ACCEPTING));
            }
            return new Table(alphabet, rows.toArray(char[][]::new), accepting);
        }

        private char[] row(BitSet states) {
            var after = new BitSet[alphabet.size()];
            for (int state = states.nextSetBit(0);
                    state >= 0 && steps <= MAX_STEPS;
                    state = states.nextSetBit(state + 1)) {
                for (int letter : lettersRead[state]) {
                    after[letter] = union(after[letter], reachedFrom(automaton.next(state)));
                }
            }
            var row = new char[after.length];
            for (int letter = 0; letter < after.length; letter++) {
                row[letter] = (char) (after[letter] == null ? Table.DEAD : number(after[letter]));
            }
            return row;
        }

        private BitSet union(@Nullable BitSet first, BitSet second) {
            steps++;
            if (first == null || first.equals(second)) {
                return second;
            }
            steps += automaton.size() / Long.SIZE;
            var union = (BitSet) first.clone();
            union.or(second);
            return union;
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
                BitSet closure = automaton.closure(state);
                steps += closure.cardinality() / 4;
                reached[state] = automaton.withoutForks(closure);
            }
            return reached[state];
        }
    }
}
