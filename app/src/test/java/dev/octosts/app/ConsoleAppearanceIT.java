package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whether everybody can see and use the pages of the console. With {@code -Ddocs.write=true} it takes the pictures of
 * the documentation.
 */
class ConsoleAppearanceIT extends ConsolePage {

    private static final Path PICTURES = Path.of("..", "docs", "images");

    private String axe = "";

    @BeforeAll
    void prepare() throws IOException {
        try (var script = ClassLoader.getSystemResourceAsStream("axe.min.js")) {
            axe = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
        if (Boolean.getBoolean("docs.write")) {
            // Before a test writes what nobody wants to see.
            takePictures();
        }
    }

    /** All pages, by the name of their picture; empty for those of which the documentation has none. */
    private Map<String, String> pages() {
        open("/exchanges");
        String granted = browser.text(record("granted", "octo-repo") + ".getAttribute('href')");
        String refused = browser.text(record("refused", ConsoleWorld.FORK) + ".getAttribute('href')");
        var pages = new LinkedHashMap<String, String>();
        pages.put("/", "now");
        pages.put("/exchanges?owner=octo-org", "");
        pages.put(granted, "exchange");
        pages.put(refused, "");
        pages.put("/policies?days=90", "");
        pages.put("/policies/usage?policy=" + ConsoleWorld.encoded(CI), "policy");
        pages.put("/stop", "stop");
        pages.put("/service", "");
        return pages;
    }

    /** What can only be reached by a form: the pages that ask again before something is done, and what was done. */
    private Map<String, Runnable> forms() {
        String subject = "repo:octo-org/octo-repo:ref:refs/heads/release-9";
        var forms = new LinkedHashMap<String, Runnable>();
        forms.put("confirmation of a stop", () -> {
            open("/stop");
            fill("/stop", "subject", subject, "reason", "incident 44");
            click("Go on");
        });
        forms.put("a stop", () -> click("Stop them"));
        forms.put(
                "confirmation of its end",
                () -> clickOn(
                        "[...document.querySelectorAll('tbody tr')].find(row => row.innerText.includes('release-9'))"
                                + ".querySelector('a')"));
        forms.put("its end", () -> {
            browser.text("(document.querySelector('main form [name=reason]').value = 'it is over', 1)");
            click("Remove the rule");
        });
        forms.put("confirmation before tokens are taken back", () -> {
            open("/stop");
            fill("/stop/tokens", "subject", subject, "reason", "incident 45");
            click("Count them");
        });
        return forms;
    }

    @Test
    void has_no_serious_barriers_light_and_dark_on_desktops_and_phones() throws IOException {
        var views = new LinkedHashMap<String, Runnable>();
        pages().keySet().forEach(address -> views.put(address, () -> open(address)));
        views.putAll(forms());
        var barriers = new ArrayList<String>();
        for (var view : views.entrySet()) {
            clicks = 0;
            view.getValue().run();
            browser.call("Runtime.evaluate", Map.of("expression", axe));
            for (String scheme : List.of("light", "dark")) {
                for (int width : List.of(1280, 360)) {
                    browser.look(scheme, width);
                    for (String found : barriers()) {
                        barriers.add(view.getKey() + ", " + scheme + ", " + width + ": " + found);
                    }
                    if (browser.is("document.documentElement.scrollWidth > document.documentElement.clientWidth")) {
                        barriers.add(view.getKey() + ", " + width + ": wider than the screen");
                    }
                }
            }
        }
        assertThat(barriers).isEmpty();
    }

    private List<String> barriers() {
        JsonObject answer = browser.call(
                "Runtime.evaluate",
                Map.of(
                        "expression",
                        "axe.run(document).then(found => JSON.stringify(found.violations.map(one => ({impact: one.impact,"
                                + " text: one.id + ' ' + one.nodes.map(node => node.html + ' ' + node.failureSummary)"
                                + ".slice(0, 3).join()}))))",
                        "awaitPromise",
                        true,
                        "returnByValue",
                        true));
        try (var reader = Json.createReader(
                new StringReader(answer.getJsonObject("result").getString("value")))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .filter(one -> Set.of("serious", "critical").contains(one.getString("impact", "")))
                    .map(one -> one.getString("text"))
                    .toList();
        }
    }

    private void takePictures() throws IOException {
        browser.call("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        for (var page : pages().entrySet()) {
            if (page.getValue().isEmpty()) {
                continue;
            }
            for (String scheme : List.of("light", "dark")) {
                browser.look(scheme, 1000);
                open(page.getKey());
                String picture = browser.call(
                                "Page.captureScreenshot",
                                Map.of(
                                        "format",
                                        "png",
                                        "clip",
                                        Map.of("x", 0, "y", 0, "width", 1000, "height", 640, "scale", 0.75)))
                        .getString("data");
                Files.write(
                        PICTURES.resolve("console-" + page.getValue() + "-" + scheme + ".png"),
                        Base64.getDecoder().decode(picture));
            }
        }
    }
}
