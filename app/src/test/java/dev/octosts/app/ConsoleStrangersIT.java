package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts of strangers stay texts on every page of the console. */
class ConsoleStrangersIT extends ConsolePage {

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

    @Test
    void is_no_wider_than_the_screen_whatever_strangers_write() throws Exception {
        String word = "x".repeat(900);
        assertThat(world.status("repo:" + word)).isEqualTo(403);
        world.asked(word.substring(0, 200));
        open("/exchanges?subject=" + ConsoleWorld.encoded("repo:" + word));
        String refused = browser.text(record("refused", word) + ".getAttribute('href')");
        open("/exchanges");
        String unknown = browser.text(record("refused", word.substring(0, 200)) + ".getAttribute('href')");
        for (int width : new int[] {1280, 390}) {
            browser.look("light", width);
            for (String address : List.of("/", "/exchanges", refused, unknown, "/policies")) {
                open(address);
                assertThat(browser.text("Math.max(document.documentElement.scrollWidth,"
                                + " ...[...document.querySelectorAll('table')].map(one => one.scrollWidth))"))
                        .as(address + " at " + width)
                        .satisfies(wide -> assertThat(Integer.parseInt(wide)).isLessThanOrEqualTo(1280));
                assertThat(browser.is("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
                        .as(address + " at " + width)
                        .isFalse();
            }
        }
    }

    private void assertPlain(String where) {
        assertThat(browser.text("document.querySelectorAll('script, img, iframe, object, [onerror], [onload]').length"))
                .as(where)
                .isEqualTo("0");
        assertThat(browser.complaints()).as(where).isEmpty();
    }
}
