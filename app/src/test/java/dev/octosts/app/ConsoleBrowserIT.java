package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.github.Faults;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operators' console in a browser: what an operator does on a bad day, each with three clicks at most from the first
 * page; pages without barriers; and texts of strangers that stay texts. With {@code -Ddocs.write=true} it takes the
 * pictures of the documentation.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleBrowserIT {

    private static final int MOST_CLICKS = 3;
    private static final Path PICTURES = Path.of("..", "docs", "images");
    private static final String CI = "octo-org/octo-repo/.github/chainguard/ci.sts.yaml";

    private ConsoleWorld world;
    private Chromium browser;
    private String axe = "";
    private int clicks;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        var chromium = Chromium.find();
        Present.assume(
                "chromium",
                chromium.isPresent(),
                "no Chromium is on the PATH (Debian: apt-get install chromium), so the console is not tested");
        try (var script = ClassLoader.getSystemResourceAsStream("axe.min.js")) {
            axe = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
        world = new ConsoleWorld(Files.createDirectory(folder.resolve("service")));
        browser = Chromium.start(chromium.orElseThrow(), Files.createDirectory(folder.resolve("browser")));
        world.usual();
        if (Boolean.getBoolean("docs.write")) {
            // Before other tests write what nobody wants to see.
            takePictures();
        }
    }

    @AfterAll
    void stop() {
        if (world != null) {
            if (browser != null) {
                browser.close();
            }
            world.close();
        }
    }

    @BeforeEach
    void begin() {
        look("light", 1280);
        open("/");
        clicks = 0;
    }

    @AfterEach
    void the_pages_have_no_faults_and_ask_nobody_else() {
        assertThat(clicks).isLessThanOrEqualTo(MOST_CLICKS);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requested()).allMatch(address -> address.startsWith(world.console() + "/"));
    }

    private void open(String path) {
        browser.open(world.console() + path);
        browser.await("document.querySelector('h1') !== null");
    }

    private String page() {
        return browser.text("document.querySelector('main').innerText");
    }

    /** Clicks on what has this text, and waits for the next page. */
    private void click(String text) {
        clickOn("[...document.querySelectorAll('a, button')].find(one => one.textContent.trim() === '" + text + "')");
    }

    private void clickOn(String element) {
        clicks++;
        browser.text("(window.before = true, " + element + ".click(), 1)");
        browser.await("!window.before && document.readyState === 'complete' && document.querySelector('h1') !== null");
    }

    /** The newest record in whose row everything is. */
    private static String record(String... texts) {
        var fits = new StringBuilder();
        for (String text : texts) {
            fits.append(" && row.innerText.includes('").append(text).append("')");
        }
        return "[...document.querySelectorAll('tbody tr')].find(row => true" + fits + ").querySelector('a')";
    }

    /** Types into the fields of a form. */
    private void fill(String action, String... values) {
        for (int at = 0; at < values.length; at += 2) {
            browser.text("(document.querySelector('form[action=\"" + action + "\"] [name=" + values[at] + "]').value = "
                    + quoted(values[at + 1]) + ", 1)");
        }
    }

    private static String quoted(String text) {
        return "decodeURIComponent('" + ConsoleWorld.encoded(text).replace("'", "%27") + "')";
    }

    @Test
    void says_whether_exchanges_are_granted_now() {
        assertThat(page()).contains("Exchanges are granted:").contains("refused");
    }

    @Test
    void finds_all_exchanges_of_a_subject() {
        fill("/exchanges", "subject", ConsoleWorld.FORK);
        click("Find its exchanges");
        assertThat(browser.text("[...new Set([...document.querySelectorAll('tbody tr td:last-child')]"
                        + ".map(cell => cell.innerText))].join()"))
                .isEqualTo(ConsoleWorld.FORK);
    }

    @Test
    void shows_which_rule_refused_an_exchange() {
        click("Exchanges");
        clickOn(record("refused", ConsoleWorld.FORK));
        assertThat(page()).containsPattern("subject_pattern\\s+different");
    }

    @Test
    void shows_which_version_of_which_policy_granted() {
        click("Exchanges");
        clickOn(record("granted", "octo-repo"));
        assertThat(page())
                .contains(CI)
                .containsPattern("Version of the policy\\s+[0-9a-f]{40}")
                .containsPattern("contents\\s+read")
                .contains("Pushes that changed it");
    }

    @Test
    void shows_what_a_token_was_used_for() {
        fill("/exchanges", "subject", ConsoleWorld.SUBJECT);
        click("Find its exchanges");
        clickOn("[...document.querySelectorAll('tbody tr')].filter(row => row.innerText.includes('granted')).at(-1)"
                + ".querySelector('a')");
        assertThat(page())
                .contains("What its token was used for")
                .contains("GET /repos/octo-org/octo-repo/contents/README.md: 200")
                .contains("GET /repos/octo-org/octo-secrets/contents/README.md: 404")
                .contains("octo-org/octo-repo");
    }

    @Test
    void lists_policies_that_nobody_uses() {
        click("Policies");
        click("Unused for 90 days");
        assertThat(page()).contains("release.sts.yaml").doesNotContain(CI);
    }

    @Test
    void stops_an_identity_with_a_reason_and_lifts_that_stop() {
        String subject = "repo:octo-org/octo-repo:ref:refs/heads/release-7";
        assertThat(world.status(subject)).isEqualTo(200);
        click("Stop");
        fill("/stop", "subject", subject, "reason", "incident 42");
        click("Go on");
        click("Stop them");
        assertThat(clicks).isLessThanOrEqualTo(MOST_CLICKS);
        Await.until("the stop", Duration.ofSeconds(30), () -> world.status(subject) == 403);

        begin();
        click("Stop");
        clickOn("[...document.querySelectorAll('tbody tr')].find(row => row.innerText.includes('release-7'))"
                + ".querySelector('a')");
        browser.text("(document.querySelector('main form [name=reason]').value = 'it is over', 1)");
        click("Remove the rule");
        Await.until("the end of the stop", Duration.ofSeconds(30), () -> world.status(subject) == 200);
    }

    @Test
    void takes_back_the_tokens_of_an_identity() throws Exception {
        String subject = "repo:octo-org/octo-repo:ref:refs/heads/release-8";
        String token = world.token(subject);
        assertThat(world.read(token, "/repos/octo-org/octo-repo")).isEqualTo(200);
        click("Stop");
        fill("/stop/tokens", "subject", subject, "reason", "incident 43");
        click("Count them");
        assertThat(page()).contains("1 token may be valid now");
        click("Take them back");
        assertThat(page()).containsPattern("Revoked\\s+1\\s+Already gone\\s+0\\s+Not confirmed\\s+0");
        assertThat(world.read(token, "/repos/octo-org/octo-repo")).isEqualTo(401);
    }

    @Test
    void says_which_app_is_in_trouble() {
        click("Service");
        assertThat(page()).contains("No App, key or issuer");
        // Calls as the App have no token; with one, GitHub does not look at the App's key.
        world.sandbox.github().fault(call -> call.token().isEmpty(), Faults.status(401));
        assertThat(world.status(ConsoleWorld.SUBJECT)).isNotEqualTo(200);
        begin();
        click("Service");
        assertThat(page()).containsPattern("App [0-9]+: GitHub does not accept its key");
        world.sandbox.github().clearFaults();
        assertThat(world.status(ConsoleWorld.SUBJECT)).isEqualTo(200);
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

    private void look(String scheme, int width) {
        browser.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 500));
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
                    look(scheme, width);
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
                look(scheme, 1000);
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

    @Test
    void shows_texts_of_strangers_as_texts() throws Exception {
        world.hostile();
        open("/stop");
        fill("/stop", "owner", "octo-org", "subject", ConsoleWorld.ATTACK, "reason", ConsoleWorld.ATTACK);
        click("Go on");
        assertPlain("the question");
        click("Stop them");
        assertPlain("/stop");
        open("/stop?subject=" + ConsoleWorld.encoded(ConsoleWorld.ATTACK));
        assertPlain("/stop with a subject");
        fill("/stop/tokens", "subject", ConsoleWorld.ATTACK, "reason", ConsoleWorld.ATTACK);
        clicks = 0;
        click("Count them");
        assertPlain("the question about tokens");
        open("/exchanges");
        assertThat(page()).as("it is there").contains("onerror=alert");
        var addresses = new ArrayList<>(List.of(
                browser.text("[...document.querySelectorAll('tbody a')].map(one => one.getAttribute('href')).join(' ')")
                        .split(" ", -1)));
        assertThat(addresses).hasSizeGreaterThan(8);
        addresses.addAll(List.of(
                "/",
                "/exchanges?subject=" + ConsoleWorld.encoded(ConsoleWorld.ATTACK),
                "/policies",
                "/policies/usage?policy=" + ConsoleWorld.encoded(CI),
                "/policies/usage?policy=" + ConsoleWorld.encoded("octo-org/" + ConsoleWorld.ATTACK),
                "/stop",
                "/service",
                "/" + ConsoleWorld.encoded(ConsoleWorld.ATTACK)));
        boolean seen = false;
        for (String address : addresses) {
            open(address);
            assertPlain(address);
            seen |= page().contains("GET /repos/octo-org/") && page().contains("onerror");
        }
        assertThat(seen).as("paths that a token asked for are among it").isTrue();
    }

    private void assertPlain(String where) {
        assertThat(browser.text("document.querySelectorAll('script, img, iframe, object, [onerror], [onload]').length"))
                .as(where)
                .isEqualTo("0");
        assertThat(browser.complaints()).as(where).isEmpty();
    }
}
