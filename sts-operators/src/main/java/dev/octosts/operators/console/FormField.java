package dev.octosts.operators.console;

/**
 * A field of a form. Messages call it as its label does.
 *
 * @param name the name of the parameter
 * @param note goes on after the label
 * @param hint is in the field while it is empty
 * @param longest as many characters as it takes
 * @param isNeeded whether it may not be empty
 */
record FormField(String name, String note, String hint, int longest, boolean isNeeded) {

    /** A field that may be empty. */
    FormField(String name, String note, String hint, int longest) {
        this(name, note, hint, longest, false);
    }

    /** What people read for a parameter. */
    static String label(String name) {
        return switch (name) {
            case "owner" -> "Account";
            case "for" -> "For how long";
            case "reason" -> "Why";
            default -> Character.toUpperCase(name.charAt(0)) + name.substring(1);
        };
    }
}
