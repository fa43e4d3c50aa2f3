package dev.octosts.operators.http;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that gets no answer but this. The message is for the operator: it says what is wrong and what to do.
 * It names a parameter in braces, such as {@code {owner}}: programs read its name there, and people the label of its
 * field.
 */
public final class CallRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)\\}");

    private final int status;

    /** A refusal. */
    public CallRefused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** What was given cannot be used. */
    public static CallRefused invalid(String message) {
        return new CallRefused(400, message);
    }

    /** There is no such thing, or it may not be seen: both look the same. */
    public static CallRefused absent(String what) {
        return new CallRefused(404, "there is no such " + what);
    }

    /** It cannot be done at the moment. */
    public static CallRefused unavailable(String message) {
        return new CallRefused(503, message);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The message, with the names of parameters. */
    public String text() {
        return text(UnaryOperator.identity());
    }

    /**
     * The message.
     *
     * @param names what to call a parameter
     */
    public String text(UnaryOperator<String> names) {
        return PARAMETER.matcher(template()).replaceAll(found -> Matcher.quoteReplacement(names.apply(found.group(1))));
    }

    /** Whether a parameter is what is wrong. */
    public boolean isAbout(String parameter) {
        return template().startsWith("{" + parameter + "} ");
    }

    private String template() {
        return String.valueOf(getMessage());
    }
}
