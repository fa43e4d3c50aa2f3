package dev.octosts.github;

import java.util.List;

/**
 * A completed check run as it is sent to GitHub.
 *
 * @param name its name
 * @param head the commit that it is about
 * @param passed whether its conclusion is success, else it is failure
 * @param output the text for users
 * @see <a href="https://docs.github.com/rest/checks/runs">GitHub: check runs</a>
 */
public record CheckRun(String name, String head, boolean passed, Output output) {

    /** GitHub accepts no more annotations in one request; further ones are added by further requests. */
    public static final int ANNOTATIONS_AT_A_TIME = 50;

    /** GitHub accepts no longer summaries and texts, in characters. */
    public static final int LONGEST_TEXT = 65_535;

    /**
     * The text for users.
     *
     * @param title one line
     * @param summary Markdown
     * @param text Markdown, shown below the summary; empty for none
     * @param annotations the remarks at the lines of files, {@link #ANNOTATIONS_AT_A_TIME} at most
     */
    public record Output(String title, String summary, String text, List<Annotation> annotations) {

        public Output {
            annotations = List.copyOf(annotations);
        }
    }

    /**
     * A remark at lines of a file.
     *
     * @param path the file
     * @param firstLine counted from 1
     * @param lastLine the same or a later line
     * @param level how much it matters
     * @param title its title, 255 characters at most
     * @param message the text of the remark
     * @param details the expected content, as plain text; empty for none
     */
    public record Annotation(
            String path, int firstLine, int lastLine, Level level, String title, String message, String details) {

        /** How much an annotation matters. */
        public enum Level {
            NOTICE,
            WARNING,
            FAILURE
        }
    }

    /**
     * A check run that exists at GitHub.
     *
     * @param id its id
     * @param annotations how many annotations it has
     */
    public record Known(long id, int annotations) {}
}
