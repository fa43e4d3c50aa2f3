package dev.octosts.app.command.app;

import dev.octosts.policy.text.SafeText;

/**
 * One thing that was looked at.
 *
 * @param grade how it is
 * @param about what was looked at
 * @param found what was found, in a sentence
 * @param advice what to do; empty when there is nothing to do
 */
record Finding(Grade grade, String about, String found, String advice) {

    /** How something is. */
    enum Grade {
        /** As it should be. */
        GOOD("ok  "),
        /** It works, and will surprise somebody. */
        DOUBTFUL("warn"),
        /** It does not work. */
        BAD("FAIL");

        private final String word;

        Grade(String word) {
            this.word = word;
        }
    }

    static Finding good(String about, String found) {
        return new Finding(Grade.GOOD, about, found, "");
    }

    static Finding doubtful(String about, String found, String advice) {
        return new Finding(Grade.DOUBTFUL, about, found, advice);
    }

    static Finding bad(String about, String found, String advice) {
        return new Finding(Grade.BAD, about, found, advice);
    }

    String text() {
        String line = grade.word + "  " + SafeText.line(about) + ": " + SafeText.line(found);
        return advice.isEmpty() ? line : line + "\n      -> " + SafeText.line(advice);
    }
}
