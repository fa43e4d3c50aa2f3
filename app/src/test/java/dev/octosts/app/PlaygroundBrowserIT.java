package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The playground as people meet it: in a browser, against the packaged program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaygroundBrowserIT {

    /** What the page's first example has, and the claims beside it satisfy. */
    private static final String RIGHT = """
            issuer: https://token.actions.githubusercontent.com
            subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main
            permissions:
              pull_requests: write
            """;

    private static final String WRONG = RIGHT.replace("pull_requests", "pull-requests");
    private static final String REFUSING = RIGHT.replace("heads/main", "heads/dev");

    private final Path folder;
    private PackagedProgram program;
    private Relay relay;
    private Chromium browser;

    PlaygroundBrowserIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void start() throws IOException, InterruptedException {
        var chromium = Chromium.find();
        Present.assume(
                "chromium",
                chromium.isPresent(),
                "no Chromium is on the PATH (Debian: apt-get install chromium), so the page is not tested");
        program = PackagedProgram.start(folder, LoneProgram.VARIABLES).ready();
        relay = Relay.to(program.port());
        browser = Chromium.start(chromium.orElseThrow(), folder);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
            relay.close();
            program.close();
        }
    }

    @BeforeEach
    void open() {
        browser.open(relay.origin() + "/playground");
        awaitHeadline("Accepted");
    }

    @AfterEach
    void the_page_has_no_faults_and_asks_nobody_else() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requested()).isNotEmpty().allMatch(address -> address.startsWith(relay.origin() + "/"));
    }

    private void awaitHeadline(String text) {
        browser.await("document.getElementById('headline').textContent === '" + text + "'");
    }

    private void write(String field, String text) {
        browser.select(field);
        browser.type(text);
    }

    @Test
    void marks_a_mistake_on_its_line_and_gives_the_verdict_once_it_is_mended() {
        write("policy", WRONG);

        awaitHeadline("No token can come of this policy");
        assertThat(browser.text("document.querySelectorAll('.gutter .mark').length"))
                .isEqualTo("1");
        assertThat(browser.is("document.querySelector('.gutter .mark.error').dataset.line === '4'"))
                .isTrue();
        assertThat(browser.text("document.querySelector('.marks .error .text').textContent"))
                .isEqualTo("pull-requests");
        assertThat(browser.text("document.querySelector('#findings li').innerText"))
                .contains("Line 4", "error STS012", "did you mean pull_requests?");
        assertThat(browser.text("document.getElementById('findings-summary').textContent"))
                .isEqualTo("1 error");

        write("policy", REFUSING);

        awaitHeadline("Refused");
        assertThat(browser.text("document.querySelectorAll('.mark').length")).isEqualTo("0");
        assertThat(browser.text("document.getElementById('detail').textContent"))
                .contains("it is \"main\" instead of \"dev\"");
        assertThat(browser.text("document.querySelector('.rules mark').textContent"))
                .isEqualTo("main");

        write("policy", RIGHT);

        awaitHeadline("Accepted");
        assertThat(browser.text("document.getElementById('outcome').innerText"))
                .contains("pull_requests: write", "in octo-repo");
    }

    @Test
    void draws_marks_beside_their_line_also_when_the_text_is_scrolled() {
        write("policy", "# é 日本 😀\n".repeat(80) + WRONG);
        browser.await("document.querySelector('.gutter .mark')?.dataset.line === '84'");

        browser.text("document.querySelector('#findings .place').click()");

        browser.await("document.getElementById('policy').scrollTop > 500");
        browser.await(distance("'.gutter .mark'", "'.gutter .numbers'")
                + " - 83 * parseFloat(getComputedStyle(document.getElementById('policy')).lineHeight) < 8");
        browser.await("Math.abs(" + distance("'.marks .error .text'", "'.gutter .mark'") + ") < 8");
        browser.await(distance("'.gutter .mark'", "'#policy'") + " > 0");
        browser.await(distance("'.gutter .mark'", "'#policy'")
                + " < document.getElementById('policy').getBoundingClientRect().height");
        assertThat(
                        browser.is(
                                "document.getElementById('editor').clientHeight - document.getElementById('policy').offsetHeight < 4"))
                .as("the numbers do not make the editor taller")
                .isTrue();
    }

    private static String distance(String lower, String upper) {
        return "(document.querySelector(%s).getBoundingClientRect().top - document.querySelector(%s).getBoundingClientRect().top)"
                .formatted(lower, upper);
    }

    @Test
    void mends_a_mistake_with_the_keyboard_alone() {
        write("policy", WRONG);
        browser.await("document.querySelector('#findings button.small')");

        browser.press("Tab");
        assertThat(browser.text("document.activeElement.textContent")).isEqualTo("Line 4");
        browser.press("Enter");
        assertThat(browser.text("getSelection().toString()")).isEqualTo("pull-requests");
        browser.press("Tab");
        browser.press("Tab");
        assertThat(browser.text("document.activeElement.textContent")).isEqualTo("STS012");
        browser.press("Tab");
        assertThat(browser.text("document.activeElement.ariaLabel")).startsWith("Fix line 4: ");
        browser.press("Enter");

        awaitHeadline("Accepted");
        assertThat(browser.text("document.getElementById('policy').value")).isEqualTo(RIGHT);
        assertThat(browser.text("document.activeElement.id")).isEqualTo("policy");
    }

    @Test
    void decodes_a_token_and_never_sends_it() {
        var header = part("{\"alg\":\"RS256\",\"kid\":\"key-of-the-token\"}");
        var claims = part(
                "{\"iss\":\"https://gitlab.com\",\"sub\":\"canary-subject\",\"aud\":\"sts.example.com\",\"exp\":1}");
        var signature = part("the signature of the token");
        relay.forget();

        write("claims", "Bearer " + header + ". " + claims + "." + signature + " ");

        awaitHeadline("Refused");
        browser.await("location.hash.length > 2");
        assertThat(browser.text("document.getElementById('claims-note').textContent"))
                .contains("decoded on this page", "It has expired.");
        assertThat(browser.text("document.getElementById('claims').value"))
                .contains("\"sub\": \"canary-subject\"")
                .doesNotContain(signature);
        assertThat(relay.sent()).contains("canary-subject").doesNotContain(header, claims, signature);
        assertThat(recalled()).contains("canary-subject").doesNotContain(header, claims, signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "claims", "scope", "domain"})
    void sends_nothing_while_there_is_a_token_anywhere(String field) {
        var token = part("{\"alg\":\"RS256\"}") + "." + part("{\"sub\":\"me\"}") + "." + part("signature");
        relay.forget();

        write(field, field.equals("claims") ? "{\"id_token\": \"" + token + "\"}" : "x " + token);

        awaitHeadline("There is a token in the text");
        assertThat(relay.sent()).isEmpty();
        browser.await("location.hash === ''");
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a link to the page as it is brings back. */
    private String recalled() {
        var address = browser.text("location.href");
        browser.open(address);
        browser.await("document.getElementById('headline').textContent !== 'Nothing to say yet'");
        return browser.text("[...document.querySelectorAll('textarea, input')].map(field => field.value).join('\\n')");
    }

    @Test
    void keeps_everything_in_its_address_and_never_sends_that() {
        write("policy", REFUSING + "# für 😀\n");
        write("scope", "octo-org");
        awaitHeadline("Refused");
        var before = browser.text("location.hash");
        write("domain", "sts.other.example");
        browser.await("location.hash !== '" + before + "'");
        var fragment = browser.text("location.hash");
        relay.forget();

        assertThat(recalled()).contains(REFUSING + "# für 😀\n", "octo-org", "sts.other.example");
        assertThat(relay.sent()).doesNotContain(fragment.substring(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "#1.", "#1.AAAA", "#0.W10", "#0.%%%", "#<script>alert(1)</script>", "#7Vf"})
    void takes_a_broken_link_for_none(String fragment) {
        browser.open(relay.origin() + "/playground" + fragment);

        awaitHeadline("Accepted");
    }

    @Test
    void shows_texts_as_texts() {
        write("policy", RIGHT + "\"<img src=x onerror=alert(1)>\": x\n");

        awaitHeadline("No token can come of this policy");
        assertThat(browser.text("document.querySelector('#findings .message').textContent"))
                .contains("<img src=x");
        assertThat(browser.is("document.querySelector('#findings img')")).isFalse();
    }

    @Test
    void shows_the_newest_text_only() throws InterruptedException {
        relay.hold();
        try {
            write("policy", REFUSING + "# canary-1\n");
            relay.awaitSent("canary-1");
            write("policy", RIGHT + "# canary-2\n");
            relay.awaitSent("canary-2");
        } finally {
            relay.release();
        }

        browser.await("document.getElementById('verdict').ariaBusy === 'false'");
        awaitHeadline("Accepted");
    }

    @Test
    void says_that_the_server_is_gone_and_goes_on_when_it_is_back() {
        relay.cut();
        try {
            write("policy", REFUSING);
            awaitHeadline("The server does not answer");
            assertThat(browser.text("document.getElementById('policy').value")).isEqualTo(REFUSING);
        } finally {
            relay.mend();
        }

        awaitHeadline("Refused");
    }

    @Test
    void says_what_is_wrong_with_claims_and_checks_the_policy_all_the_same() {
        write("claims", "{\"iss\": ");
        awaitHeadline("The claims cannot be read");
        assertThat(browser.text("document.getElementById('claims-note').textContent"))
                .startsWith("Not JSON: ");
        assertThat(browser.text("document.getElementById('claims').ariaInvalid"))
                .isEqualTo("true");

        write("claims", "{\"iss\": \"https://a.example\"}");
        awaitHeadline("Refused before the policy is asked");
        assertThat(browser.text("document.getElementById('detail').textContent"))
                .isEqualTo("the claim sub is missing");
        assertThat(browser.text("document.getElementById('claims').ariaInvalid"))
                .isEqualTo("false");

        browser.select("claims");
        browser.type(" ");
        awaitHeadline("No claims yet");
    }

    @Test
    void does_not_send_what_is_too_large() {
        relay.forget();

        write("policy", "#".repeat(100_001));

        awaitHeadline("Too large");
        assertThat(relay.sent()).isEmpty();
    }

    @Test
    void offers_examples_that_are_as_they_say_and_a_way_back() {
        var original = browser.text("location.hash");
        write("policy", RIGHT + "# mine\n");
        browser.await(
                "location.hash !== '" + original + "' && document.getElementById('verdict').ariaBusy === 'false'");
        var headlines = List.of("Accepted", "Refused", "No token can come of this policy", "Accepted");
        assertThat(browser.text("document.getElementById('example').options.length"))
                .isEqualTo(String.valueOf(headlines.size() + 1));
        for (int index = 0; index < headlines.size(); index++) {
            var before = browser.text("location.hash");
            choose(index);
            browser.await("location.hash !== '" + before + "'");
            awaitHeadline(headlines.get(index));
        }

        browser.text("history.back()");

        browser.await("document.getElementById('policy').value.endsWith('# mine\\n')");
        assertThat(browser.text("document.getElementById('example').selectedOptions[0].textContent"))
                .as("the first example can be chosen again")
                .isEqualTo("Yours");
    }

    /** As a person does with the list of examples; the first entry stands for a text of one's own. */
    private void choose(int example) {
        browser.text("document.getElementById('example').selectedIndex = " + (example + 1));
        browser.text("document.getElementById('example').dispatchEvent(new Event('change'))");
    }

    @Test
    void chooses_an_example_with_the_keyboard_alone() {
        browser.text("document.getElementById('example').focus()");

        browser.press("ArrowDown");

        awaitHeadline("Refused");
        assertThat(browser.text("document.getElementById('policy').value")).contains("refs/tags/v");
    }

    @Test
    void colours_what_is_written_and_changes_nothing_of_it() {
        var policy = "# a note\n" + RIGHT + "claim_pattern:\n\tref: \"a: 'b'\"\n  n: 7\n";
        write("policy", policy);

        browser.await(PAINTED + " === document.getElementById('policy').value");
        assertThat(browser.text("document.querySelector('#editor .c-comment').textContent"))
                .isEqualTo("# a note");
        assertThat(browser.text(COLOURS)).isEqualTo("5");
        assertThat(browser.text("getComputedStyle(document.getElementById('policy')).color"))
                .as("the text area's own text is not seen")
                .isEqualTo("rgba(0, 0, 0, 0)");
        assertThat(browser.is("document.querySelector('#claims-editor .c-key').textContent === '\"iss\"'"))
                .isTrue();
    }

    private static final String PAINTED =
            "[...document.querySelectorAll('#editor .paint .line')].map(line => line.textContent).join('\\n')";

    private static final String COLOURS = "new Set(['.c-key', '.c-string', '.c-atom', '.c-comment', '.line']"
            + ".map(name => getComputedStyle(document.querySelector('#editor .paint ' + name)).color)).size";

    @Test
    void draws_colours_where_the_text_is_also_when_it_is_scrolled() {
        write("policy", "# filler\n".repeat(3_000) + RIGHT);
        browser.text("document.getElementById('policy').scrollTop = 1e9");

        var line =
                "[...document.querySelectorAll('#editor .paint .line')].find(each => each.textContent.startsWith('issuer'))";
        browser.await(line + " !== undefined");
        browser.await("""
                (() => {
                  const area = document.getElementById('policy');
                  const row = parseFloat(getComputedStyle(area).lineHeight);
                  const top = area.getBoundingClientRect().top + parseFloat(getComputedStyle(area).paddingTop)
                    + 3000 * row - area.scrollTop;
                  return Math.abs(%s.getBoundingClientRect().top - top) < 2;
                })()""".formatted(line));
        assertThat(browser.is("document.querySelectorAll('#editor .paint .line').length < 200"))
                .as("only what can be seen is drawn")
                .isTrue();
    }

    @Test
    void scrolls_long_lines_to_where_a_finding_is() {
        write("policy", RIGHT + "repositories: [" + "a-repository-with-a-name, ".repeat(20) + "octo-org/octo-repo]\n");
        browser.await("document.querySelector('.gutter .mark')?.dataset.line === '5'");

        assertThat(browser.is("document.getElementById('policy').scrollWidth > 1000"))
                .isTrue();
        write("claims", "{\"iss\": \"https://a.example\", \"sub\": \"" + "long".repeat(200) + "\"}");
        browser.await("document.getElementById('claims').scrollWidth > 1000");
        browser.text("document.getElementById('policy').scrollLeft = 1e9");
        browser.await("document.getElementById('editor').querySelector('.paint .sheet').style.transform.includes('-')");
        assertThat(browser.is("document.documentElement.scrollWidth === document.documentElement.clientWidth"))
                .as("the page itself does not scroll sideways")
                .isTrue();

        write("policy", RIGHT + "claim_pattern: {e: '" + "f".repeat(300) + "', g: '('}\n");
        browser.await("document.querySelector('.marks .error .text')?.textContent.includes('(')");
        browser.text("document.querySelector('#findings li:has(.glyph.error) .place').click()");
        browser.await("document.getElementById('policy').scrollLeft > 500");
        browser.await("""
                (() => {
                  const mark = document.querySelector('.marks .error .text').getBoundingClientRect();
                  const area = document.getElementById('policy').getBoundingClientRect();
                  return mark.left > area.left && mark.left < area.right;
                })()""");
    }

    @Test
    void links_each_finding_to_its_page() {
        write("policy", WRONG);
        browser.await("document.querySelector('#findings a')");

        assertThat(browser.text("document.querySelector('#findings a').href"))
                .isEqualTo("https://github.com/octo-sts/octo-sts-java/blob/main/docs/diagnostics.md#sts012");
        assertThat(browser.text("document.querySelector('#findings a').rel")).contains("noopener", "noreferrer");
        assertThat(browser.text("document.querySelector('#findings a').target")).isEqualTo("_blank");
    }

    @ParameterizedTest
    @CsvSource({
        "-5400, 'Accepted, but expired', It has expired. Its exp is 1 hour ago: the exchange refuses the token",
        "-200000, 'Accepted, but expired', It has expired. Its exp is 2 days ago",
        "5400, Accepted, ''"
    })
    void says_that_a_token_has_expired(long seconds, String headline, String note) {
        long exp = System.currentTimeMillis() / 1000 + seconds;
        write("policy", RIGHT);
        write("claims", """
                {"iss": "https://token.actions.githubusercontent.com", "aud": "sts.example.com", "exp": %d,
                 "sub": "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main"}""".formatted(exp));

        browser.await("document.getElementById('verdict').ariaBusy === 'false'");
        awaitHeadline(headline);
        assertThat(browser.text("document.getElementById('claims-note').textContent"))
                .startsWith(note)
                .hasSizeLessThan(note.isEmpty() ? 1 : 200);
    }

    @ParameterizedTest
    @CsvSource({"/, light, 1280", "/, dark, 360", "/openapi, light, 360", "/openapi, dark, 1280"})
    void other_pages_look_like_this_one(String path, String scheme, int width) {
        browser.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 500));
        try {
            browser.open(relay.origin() + path);
            browser.await("document.querySelector('main .card') !== null");

            assertThat(browser.is("document.querySelector('h1').checkVisibility()"))
                    .isTrue();
            assertThat(browser.text("getComputedStyle(document.querySelector('.card')).borderTopLeftRadius"))
                    .as("the styles are there")
                    .isNotEqualTo("0px");
            assertThat(browser.text(FAINT_TEXTS)).isEmpty();
            assertThat(browser.is("document.documentElement.scrollWidth === document.documentElement.clientWidth"))
                    .isTrue();
        } finally {
            browser.call("Emulation.setEmulatedMedia", Map.of("features", List.of()));
            browser.call("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    @Test
    void the_page_at_the_root_leads_here_and_the_api_to_its_types() {
        browser.open(relay.origin() + "/");
        browser.await("document.querySelector('a[href=\"playground\"]') !== null");
        browser.text("document.querySelector('a[href=\"playground\"]').click()");
        browser.await("location.pathname === '/playground' && document.getElementById('headline') !== null");

        browser.open(relay.origin() + "/openapi");
        browser.await("document.getElementById('exchange') !== null");
        assertThat(browser.text("[...document.querySelectorAll('a[href^=\"#\"]')]"
                        + ".filter(link => document.querySelector(link.hash) === null).length"))
                .isEqualTo("0");
        assertThat(browser.text("document.querySelector('#exchange').innerText"))
                .contains("GET /sts/exchange", "scope", "Token");
    }

    @Test
    void has_nothing_in_its_address_that_is_no_claims() {
        var pieces =
                part("{\"alg\":\"RS256\"}").substring(3) + "." + part("{\"sub\":\"me\"}") + "." + part("signature");
        relay.forget();

        write("claims", pieces);

        awaitHeadline("The claims cannot be read");
        assertThat(relay.sent()).isNotEmpty().doesNotContain(part("signature"));
        assertThat(recalled()).contains("contents: read").doesNotContain(part("signature"));
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
    void can_be_read_in_light_and_dark_on_a_desk_and_on_a_telephone(String scheme, int width) {
        browser.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 500));
        try {
            var pages = Map.of(
                    WRONG + "repositories: []\n",
                    "No token can come of this policy",
                    REFUSING,
                    "Refused",
                    RIGHT,
                    "Accepted");
            pages.forEach((policy, headline) -> {
                write("policy", policy);
                awaitHeadline(headline);
                assertThat(browser.text(FAINT_TEXTS)).as(headline).isEmpty();
                assertThat(browser.is("document.documentElement.scrollWidth === document.documentElement.clientWidth"))
                        .as("nothing sticks out sideways when it says %s", headline)
                        .isTrue();
            });
        } finally {
            browser.call("Emulation.setEmulatedMedia", Map.of("features", List.of()));
            browser.call("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    /** Texts whose contrast with what is behind them is under 4.5. */
    private static final String FAINT_TEXTS = """
            (() => {
              const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
              const light = (color) => {
                const [r, g, b] = channels(color).map((c) => c / 255)
                  .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const behind = (element) => {
                for (let each = element; each; each = each.parentElement) {
                  const color = getComputedStyle(each).backgroundColor;
                  if ((channels(color)[3] ?? 1) > 0) return color;
                }
                return 'rgb(255, 255, 255)';
              };
              const faint = [];
              for (const element of document.querySelectorAll('body *')) {
                const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
                const hidden = element.closest('.marks, .unseen, noscript, option, .painted textarea') || !element.checkVisibility();
                if (hidden || !(own || element.value)) continue;
                const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
                if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(element.outerHTML.slice(0, 120));
              }
              return faint.join('\\n');
            })()""";

    @Test
    void names_everything_that_can_be_used() {
        write("policy", WRONG);
        browser.await("document.querySelector('#findings button.small')");

        var nodes = browser.call("Accessibility.getFullAXTree", Map.of())
                .getJsonArray("nodes")
                .getValuesAs(JsonObject.class);
        var used = nodes.stream()
                .filter(node -> Set.of("button", "textbox", "combobox", "link").contains(value(node, "role")))
                .toList();

        assertThat(used).hasSizeGreaterThan(7);
        assertThat(used).extracting(node -> value(node, "name")).doesNotContain("");
        assertThat(nodes).extracting(node -> value(node, "role")).contains("status", "main", "banner", "heading");
    }

    private static String value(JsonObject node, String property) {
        var found = node.getJsonObject(property);
        return found == null ? "" : found.getString("value", "");
    }
}
