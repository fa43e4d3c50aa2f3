package dev.octosts.policy.pattern;

import com.google.re2j.Pattern;

/** Decides whether a whole value matches a pattern, in time that is linear in the value's length. */
sealed interface ValueMatcher permits Table, Automaton, ValueMatcher.Re2 {
    boolean matches(String value);

    /** The highest cost of one character of a value, in steps of about 3 ns. */
    int stepsPerCharacter();

    /** Roughly the bytes of memory it holds. */
    int weight();

    /** For what {@link Expression.Opaque} leaves to RE2/J. */
    record Re2(Pattern pattern) implements ValueMatcher {
        private static final int BYTES_PER_INSTRUCTION = 300;
        /** Measured: up to 17 ns for each instruction and character. */
        private static final int STEPS_PER_INSTRUCTION = 8;

        @Override
        public boolean matches(String value) {
            return pattern.matches(value);
        }

        @Override
        public int stepsPerCharacter() {
            return STEPS_PER_INSTRUCTION * pattern.programSize();
        }

        @Override
        public int weight() {
            return BYTES_PER_INSTRUCTION * pattern.programSize();
        }
    }
}
