package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The operators' console in a browser, against the packaged program. Each test class starts both once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConsolePage {

    static final String CI = "octo-org/octo-repo/.github/chainguard/ci.sts.yaml";

    /** How many an operator needs from the first page, at most. */
    static final int MOST_CLICKS = 3;

    ConsoleWorld world;
    Chromium browser;
    int clicks;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        browser = Chromium.start(Files.createDirectory(folder.resolve("browser")));
        world = new ConsoleWorld(Files.createDirectory(folder.resolve("service")));
        world.usual();
        // The first page leads to the provider, which logs the operator in.
        open("/");
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @BeforeEach
    void begin() {
        browser.look("light", 1280);
        open("/");
        clicks = 0;
    }

    @AfterEach
    void the_pages_have_no_faults_and_ask_nobody_else() {
        assertThat(clicks).isLessThanOrEqualTo(MOST_CLICKS);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requested()).allMatch(address -> address.startsWith(world.console() + "/"));
    }

    void open(String path) {
        browser.open(world.console() + path);
        browser.await("document.querySelector('h1') !== null");
    }

    String page() {
        return browser.text("document.querySelector('main').innerText");
    }

    /** Clicks on what has this text, and waits for the next page. */
    void click(String text) {
        clickOn("[...document.querySelectorAll('a, button')].find(one => one.textContent.trim() === '" + text + "')");
    }

    void clickOn(String element) {
        clicks++;
        browser.text("(window.before = true, " + element + ".click(), 1)");
        browser.await("!window.before && document.readyState === 'complete' && document.querySelector('h1') !== null");
    }

    /** The newest record in whose row everything is. */
    static String record(String... texts) {
        var fits = new StringBuilder();
        for (String text : texts) {
            fits.append(" && row.innerText.includes('").append(text).append("')");
        }
        return "[...document.querySelectorAll('tbody tr')].find(row => true" + fits + ").querySelector('a')";
    }

    /** Types into the fields of a form. */
    void fill(String action, String... values) {
        for (int at = 0; at < values.length; at += 2) {
            browser.text("(document.querySelector('form[action=\"" + action + "\"] [name=" + values[at] + "]').value = "
                    + quoted(values[at + 1]) + ", 1)");
        }
    }

    private static String quoted(String text) {
        return "decodeURIComponent('" + ConsoleWorld.encoded(text).replace("'", "%27") + "')";
    }
}
