package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page does with a text: marks, fixes, colours, examples. */
class PlaygroundEditorIT extends PlaygroundPage {

    @Test
    void marks_a_mistake_on_its_line_and_gives_the_verdict_once_it_is_fixed() {
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
    void shows_texts_as_texts() {
        write("policy", RIGHT + "\"<img src=x onerror=alert(1)>\": x\n");

        awaitHeadline("No token can come of this policy");
        assertThat(browser.text("document.querySelector('#findings .message').textContent"))
                .contains("<img src=x");
        assertThat(browser.is("document.querySelector('#findings img')")).isFalse();
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
}
