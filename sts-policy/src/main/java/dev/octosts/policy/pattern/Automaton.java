package dev.octosts.policy.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern as a nondeterministic automaton: states that read one character, and forks that read none.
 *
 * @see <a href="https://swtch.com/~rsc/regexp/regexp1.html">Thompson's construction</a>
 */
final class Automaton implements ValueMatcher {
    static final int ACCEPTING = 0;

    private static final int BYTES_PER_STATE = 40;
    /** Measured: up to 23 ns for each state and character. */
    private static final int STEPS_PER_STATE = 8;

    private static final int MAX_STATES = 6000;

    /** A state; {@code reads} is null for a fork, which leads to both of the others. */
    private record State(@Nullable CodePoints reads, int next, int other) {}

    private final List<State> states = new ArrayList<>();
    private final int start;
    private final BitSet beginning;
    private final boolean wide;
    private boolean complete = true;

    private Automaton(Expression expression, boolean wide) {
        this.wide = wide;
        states.add(new State(null, ACCEPTING, ACCEPTING));
        start = add(withoutEdges(expression), ACCEPTING);
        beginning = withForks(start, new BitSet(states.size()));
    }

    /** Null when the pattern is too large or has a part that only RE2/J understands. */
    static @Nullable Automaton of(Expression expression) {
        var automaton = new Automaton(expression, false);
        return automaton.complete ? automaton : null;
    }

    /**
     * An automaton that accepts everything the pattern matches, and more where only RE2/J understands a part. Null when
     * the pattern is too large.
     */
    static @Nullable Automaton wide(Expression expression) {
        var automaton = new Automaton(expression, true);
        return automaton.complete ? automaton : null;
    }

    /** The whole value is matched, so an anchor at the pattern's edge adds nothing. */
    private static Expression withoutEdges(Expression expression) {
        return switch (expression) {
            case Expression.Start _, Expression.End _ -> new Expression.Sequence(List.of());
            case Expression.Sequence(var parts) -> {
                boolean starts = !parts.isEmpty() && parts.getFirst() instanceof Expression.Start;
                boolean ends = parts.size() > 1 && parts.getLast() instanceof Expression.End;
                yield new Expression.Sequence(parts.subList(starts ? 1 : 0, parts.size() - (ends ? 1 : 0)));
            }
            case Expression.Choice(var alternatives) ->
                new Expression.Choice(
                        alternatives.stream().map(Automaton::withoutEdges).toList());
            case Expression.Characters _, Expression.Opaque _, Expression.Repeat _ -> expression;
        };
    }

    @Override
    public boolean matches(String value) {
        BitSet current = beginning();
        for (int i = 0; i < value.length() && !current.isEmpty(); ) {
            int codePoint = value.codePointAt(i);
            current = after(current, codePoint);
            i += Character.charCount(codePoint);
        }
        return current.get(ACCEPTING);
    }

    /** The states before anything is read; not to be changed. */
    BitSet beginning() {
        return beginning;
    }

    /** Every state, whatever was read before. */
    BitSet anywhere() {
        var all = new BitSet(states.size());
        all.set(0, states.size());
        return all;
    }

    /** The states after a character is read; none when nothing can match any more. */
    BitSet after(BitSet before, int codePoint) {
        var after = new BitSet(states.size());
        for (int state = before.nextSetBit(0); state >= 0; state = before.nextSetBit(state + 1)) {
            CodePoints reads = reads(state);
            if (reads != null && reads.contains(codePoint)) {
                withForks(next(state), after);
            }
        }
        return after;
    }

    /** The states after any number of characters of a set. */
    BitSet afterAny(BitSet before, CodePoints set) {
        var reached = (BitSet) before.clone();
        var pending = new ArrayDeque<Integer>(before.stream().boxed().toList());
        while (!pending.isEmpty()) {
            int state = pending.pop();
            CodePoints reads = reads(state);
            if (reads != null && reads.meets(set)) {
                BitSet next = withForks(next(state), new BitSet(states.size()));
                next.andNot(reached);
                reached.or(next);
                next.stream().forEach(pending::push);
            }
        }
        return reached;
    }

    @Override
    public int stepsPerCharacter() {
        return STEPS_PER_STATE * states.size();
    }

    @Override
    public int weight() {
        return BYTES_PER_STATE * states.size();
    }

    int size() {
        return states.size();
    }

    int start() {
        return start;
    }

    /** The characters that a state reads; null for a fork and for the accepting state. */
    @Nullable
    CodePoints reads(int state) {
        return states.get(state).reads();
    }

    /** The state that follows a state that reads a character. */
    int next(int state) {
        return states.get(state).next();
    }

    /** The states that are reached from a state without reading, forks and the state itself included. */
    BitSet closure(int from) {
        return withForks(from, new BitSet(states.size()));
    }

    /** The reading and accepting ones of some states. */
    BitSet withoutForks(BitSet closure) {
        var reached = (BitSet) closure.clone();
        for (int state = reached.nextSetBit(1); state >= 0; state = reached.nextSetBit(state + 1)) {
            if (reads(state) == null) {
                reached.clear(state);
            }
        }
        return reached;
    }

    /** Adds a state and all that it leads to without reading. */
    private BitSet withForks(int from, BitSet seen) {
        if (seen.get(from)) {
            return seen;
        }
        var pending = new ArrayDeque<Integer>(List.of(from));
        while (!pending.isEmpty()) {
            int state = pending.pop();
            if (seen.get(state)) {
                continue;
            }
            seen.set(state);
            if (state != ACCEPTING && reads(state) == null) {
                pending.push(states.get(state).other());
                pending.push(states.get(state).next());
            }
        }
        return seen;
    }

    /** Adds the states for an expression before {@code next}, and returns the first of them. */
    private int add(Expression expression, int next) {
        return switch (expression) {
            case Expression.Characters(var set) -> add(new State(set, next, next));
            case Expression.Sequence(var parts) -> {
                int first = next;
                for (Expression part : parts.reversed()) {
                    first = add(part, first);
                }
                yield first;
            }
            case Expression.Choice(var alternatives) -> {
                int first = add(alternatives.getLast(), next);
                for (Expression each :
                        alternatives.subList(0, alternatives.size() - 1).reversed()) {
                    first = add(new State(null, add(each, next), first));
                }
                yield first;
            }
            case Expression.Repeat repeat -> addRepeat(repeat, next);
            case Expression.Opaque(var superset)
            when wide && !superset.ranges().isEmpty() -> add(new State(superset, next, next));
            case Expression.Start _, Expression.End _, Expression.Opaque _ -> {
                complete &= wide;
                yield next;
            }
        };
    }

    private int addRepeat(Expression.Repeat repeat, int next) {
        int first = next;
        int required = repeat.min();
        if (repeat.max() == Expression.UNLIMITED) {
            int fork = add(new State(null, next, next));
            int body = add(repeat.part(), fork);
            states.set(fork, new State(null, body, next));
            // Entered at the body, the loop is passed once at least.
            first = required == 0 ? fork : body;
            required = Math.max(0, required - 1);
        }
        for (int optional = repeat.min(); complete && optional < repeat.max(); optional++) {
            first = add(new State(null, add(repeat.part(), first), next));
        }
        for (; complete && required > 0; required--) {
            first = add(repeat.part(), first);
        }
        return first;
    }

    private int add(State state) {
        if (states.size() >= MAX_STATES) {
            complete = false;
            return ACCEPTING;
        }
        states.add(state);
        return states.size() - 1;
    }
}
