package dev.octosts.policy.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Table}: the sets of an automaton's states that can be reached together become the table's states,
 * numbered as they are met.
 */
final class TableBuilder {
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

    TableBuilder(Automaton automaton) {
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
        for (int state = states.nextSetBit(0); state >= 0 && steps <= MAX_STEPS; state = states.nextSetBit(state + 1)) {
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
