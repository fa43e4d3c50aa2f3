package dev.octosts.app.settings;

/**
 * A fault in the settings, because of which the program does not start.
 *
 * @param variable the variable that has to change
 * @param problem the fault and the fix; never a secret's value
 */
public record SettingFault(String variable, String problem) {

    @Override
    public String toString() {
        return variable + ": " + problem;
    }
}
