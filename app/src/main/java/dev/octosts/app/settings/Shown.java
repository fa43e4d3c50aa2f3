package dev.octosts.app.settings;

import dev.octosts.policy.text.SafeText;

/** Shows values in messages: short and on one line, whatever the input. */
final class Shown {

    private static final int LIMIT = 80;

    private Shown() {}

    static String quoted(String value) {
        return '"' + SafeText.line(value, LIMIT) + '"';
    }
}
