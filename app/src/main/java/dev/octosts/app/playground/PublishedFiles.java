package dev.octosts.app.playground;

import dev.octosts.api.PublicFiles;
import dev.octosts.app.pages.HomePage;
import dev.octosts.app.pages.PageParts;
import dev.octosts.app.settings.Settings;
import dev.octosts.policy.schema.Schemas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The public files: the schemas, as the engine writes them or from the program itself, and the files of pages. */
@ApplicationScoped
class PublishedFiles implements PublicFiles {

    private static final String FOLDER = "playground/";
    private static final List<String> PLAYGROUND = List.of(
            "index.html",
            "playground.css",
            "icon.svg",
            "page.js",
            "colours.js",
            "editor.js",
            "examples.js",
            "findings.js",
            "link.js",
            "server.js",
            "token.js");

    /** The schemas of files for operators. */
    private static final List<String> OPERATORS_SCHEMAS =
            List.of("issuers-file.json", "app-config-file.json", "smoke-tests.json");

    private final Settings settings;

    @Inject
    PublishedFiles(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Map<String, String> schemas() {
        return allSchemas();
    }

    /** Every schema by file name. */
    static Map<String, String> allSchemas() {
        var schemas = new LinkedHashMap<>(Schemas.all());
        OPERATORS_SCHEMAS.forEach(name -> schemas.put(name, PageParts.read("schemas/" + name)));
        return schemas;
    }

    @Override
    public Map<String, String> pages() {
        return Map.of(
                "index.html",
                HomePage.html(settings.exchange().domain(), settings.playground()),
                "page.css",
                PageParts.read("pages/page.css"),
                "icon.svg",
                PageParts.read(FOLDER + "icon.svg"));
    }

    @Override
    public Map<String, String> playground() {
        return settings.playground()
                ? PLAYGROUND.stream()
                        .collect(Collectors.toUnmodifiableMap(name -> name, name -> PageParts.read(FOLDER + name)))
                : Map.of();
    }
}
