package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether everybody can see and use the page, and the pages next to it. */
class PlaygroundAppearanceIT extends PlaygroundPage {

    @ParameterizedTest
    @CsvSource({"/, light, 1280", "/, dark, 360", "/openapi, light, 360", "/openapi, dark, 1280"})
    void other_pages_look_like_this_one(String path, String scheme, int width) {
        browser.look(scheme, width);
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

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
    void can_be_read_in_light_and_dark_on_a_desk_and_on_a_telephone(String scheme, int width) {
        browser.look(scheme, width);
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
