package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page sends and keeps in its address, and what it says of tokens, of claims and of a server that is gone. */
class PlaygroundRequestsIT extends PlaygroundPage {

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
}
