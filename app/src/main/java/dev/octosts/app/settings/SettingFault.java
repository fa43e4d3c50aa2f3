package dev.octosts.app.settings;

import dev.octosts.policy.text.SafeText;

/**
 * A fault in the settings, because of which the program does not start.
 *
 * @param variable the variable that has to change
 * @param problem the fault and the fix; never a secret's value
 */
public record SettingFault(String variable, String problem) {

    private static final int LONGEST_VALUE = 80;

    /** A value in the message of a fault: short and on one line, whatever the value is. */
    static String quoted(String value) {
        return '"' + SafeText.line(value, LONGEST_VALUE) + '"';
    }

    @Override
    public String toString() {
        return variable + ": " + problem;
    }
}
