package dev.octosts.policy.lint;

/**
 * What people get wrong.
 *
 * @param line a part of the line that says so
 */
record Mistake(String name, String file, String line) {

    @Override
    public String toString() {
        return name;
    }
}
