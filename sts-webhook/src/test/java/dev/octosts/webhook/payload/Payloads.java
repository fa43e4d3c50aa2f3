package dev.octosts.webhook.payload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What GitHub really sends; their licence is next to the files. */
public final class Payloads {

    private Payloads() {}

    /** A payload, as JSON. */
    public static String text(String name) {
        try (var stream = Payloads.class.getResourceAsStream("/payloads/" + name + ".json")) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
