package dev.octosts.webhook.review;

import dev.octosts.exchange.github.CheckRun.Annotation.Level;

/**
 * One remark about a file.
 *
 * @param level how much it matters; a failure makes the review fail
 * @param firstLine counted from 1; 0 when it is about the file as a whole
 * @param lastLine the same or a later one
 * @param title the kind of remark
 * @param message cause and remedy in one line
 * @param details new text for the lines; empty when that is not known
 */
record Remark(Level level, int firstLine, int lastLine, String title, String message, String details) {

    /** A fault of a file as a whole. */
    static Remark fault(String message) {
        return new Remark(Level.FAILURE, 0, 0, "The file cannot be used", message, "");
    }

    boolean isFault() {
        return level == Level.FAILURE;
    }
}
