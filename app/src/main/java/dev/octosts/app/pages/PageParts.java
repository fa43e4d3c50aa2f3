package dev.octosts.app.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files of which pages are made. They are parts of the program. */
public final class PageParts {

    private static final String FOLDER = "/META-INF/";

    private PageParts() {}

    /**
     * The text of a file.
     *
     * @param name its path below {@code META-INF}
     */
    public static String read(String name) {
        try (var file = PageParts.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its file " + FOLDER + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
