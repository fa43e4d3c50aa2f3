package dev.octosts.webhook.review.report;

import dev.octosts.github.CheckRun.Annotation.Level;

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
public record ReviewComment(Level level, int firstLine, int lastLine, String title, String message, String details) {

    /** A fault of a file as a whole. */
    public static ReviewComment fault(String message) {
        return new ReviewComment(Level.FAILURE, 0, 0, "The file cannot be used", message, "");
    }

    public boolean isFault() {
        return level == Level.FAILURE;
    }
}
