package dev.octosts.app.playground;

import dev.octosts.api.PublicFiles;
import dev.octosts.app.settings.Settings;
import dev.octosts.policy.schema.Schemas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The public files: the schemas as the engine writes them, and the files of the playground from the program itself. */
@ApplicationScoped
class PublishedFiles implements PublicFiles {

    private static final String FOLDER = "/META-INF/playground/";
    private static final List<String> PLAYGROUND = List.of(
            "index.html",
            "playground.css",
            "icon.svg",
            "page.js",
            "editor.js",
            "examples.js",
            "findings.js",
            "link.js",
            "server.js",
            "token.js");

    private final boolean playground;

    @Inject
    PublishedFiles(Settings settings) {
        this.playground = settings.playground();
    }

    @Override
    public Map<String, String> schemas() {
        return Schemas.all();
    }

    @Override
    public Map<String, String> playground() {
        return playground
                ? PLAYGROUND.stream().collect(Collectors.toUnmodifiableMap(name -> name, PublishedFiles::read))
                : Map.of();
    }

    private static String read(String name) {
        try (var file = PublishedFiles.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its file " + FOLDER + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
