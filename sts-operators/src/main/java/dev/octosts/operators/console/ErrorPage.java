package dev.octosts.operators.console;

/** The page of a failure. */
public final class ErrorPage {

    private ErrorPage() {}

    /** The page. */
    public static String of(int status, String message) {
        String title = switch (status) {
            case 400, 413 -> "This cannot be used";
            case 401 -> "Log in first";
            case 403 -> "Not allowed";
            case 404, 405 -> "There is nothing here";
            case 503 -> "Not at the moment";
            default -> "Something failed";
        };
        return ConsoleFrame.plain(
                title,
                new Html()
                        .put("p", message, "class", "failure")
                        .open("p")
                        .put("a", "To the first page", "href", "/")
                        .close("p"));
    }
}
