package dev.octosts.operators.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files that this part of the program brings with it. */
public final class ProgramFiles {

    private static final String FOLDER = "/META-INF/operators/";

    private ProgramFiles() {}

    /** The text of a file. */
    public static String text(String name) {
        try (var file = ProgramFiles.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its file " + FOLDER + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
