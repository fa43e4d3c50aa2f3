package dev.octosts.app.cli.githubapp;

import dev.octosts.policy.text.SafeText;
import jakarta.json.Json;
import java.util.Locale;

/**
 * The result of one check of a deployment.
 *
 * @param grade how good the result is
 * @param about the thing that was checked
 * @param found the result, in a sentence
 * @param advice what to do; empty when there is nothing to do
 */
record Finding(Grade grade, String about, String found, String advice) {

    /** The grade of a result. */
    enum Grade {
        /** As it should be. */
        GOOD("ok  "),
        /** It works, but not as a user may expect. */
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

    /** For programs to read, on one line. */
    String json() {
        var json = Json.createObjectBuilder()
                .add("grade", grade.word.strip().toLowerCase(Locale.ROOT))
                .add("about", about)
                .add("found", found);
        if (!advice.isEmpty()) {
            json.add("advice", advice);
        }
        return SafeText.json(json.build().toString());
    }

    String text() {
        String line = grade.word + "  " + SafeText.line(about) + ": " + SafeText.line(found);
        return advice.isEmpty() ? line : line + "\n      -> " + SafeText.line(advice);
    }
}
