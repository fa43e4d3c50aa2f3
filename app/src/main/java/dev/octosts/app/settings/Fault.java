package dev.octosts.app.settings;

/**
 * Why the program does not start.
 *
 * @param variable the variable that has to change
 * @param problem what is wrong with it and what to do; never a secret's value
 */
public record Fault(String variable, String problem) {

    @Override
    public String toString() {
        return variable + ": " + problem;
    }
}
