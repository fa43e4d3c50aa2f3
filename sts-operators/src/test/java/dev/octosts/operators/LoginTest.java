package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AuditNote;
import dev.octosts.sandbox.oidc.Document;
import dev.octosts.sandbox.oidc.IssuerFault;
import dev.octosts.sandbox.oidc.SandboxLogin.Person;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest extends OperatorsFixture {

    @Test
    void lets_a_person_in_and_brings_it_to_the_page_it_asked_for() {
        var browser = new Browser();
        var sent = browser.get("/exchanges?owner=owner-a");
        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(location(sent)).isEqualTo("/login?to=%2Fexchanges%3Fowner%3Downer-a");

        var back = browser.get(pathOf(browser.beginLogin("%2Fexchanges%3Fowner%3Downer-a")));

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(location(back)).isEqualTo("/exchanges?owner=owner-a");
        assertThat(back.headers().allValues("set-cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("octosts-session=")
                        .contains("; Path=/")
                        .contains("; HttpOnly")
                        .contains("; SameSite=Lax"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("octosts-login=;").contains("Max-Age=0"));
        assertThat(browser.get("/").body()).contains("ann (id-of-ann), operator");
        assertThat(notes).extracting(AuditNote::action).containsExactly("login");
        assertThat(notes.getFirst().by()).isEqualTo("ann (id-of-ann)");
    }

    @Test
    void asks_with_a_code_a_state_a_nonce_and_pkce() {
        assertThat(location(new Browser().get("/login")))
                .startsWith(issuer.url() + "/auth?response_type=code&client_id=" + CLIENT)
                .contains("&redirect_uri=http%3A%2F%2Flocalhost%3A" + server.port() + "%2Flogin%2Fcallback")
                .contains("&code_challenge_method=S256")
                .containsPattern("&state=[A-Za-z0-9_-]{43}&nonce=[A-Za-z0-9_-]{43}&code_challenge=[A-Za-z0-9_-]{43}&");
    }

    @Test
    void is_finished_once_and_only_in_the_browser_that_began_it() {
        var browser = new Browser();
        URI back = browser.beginLogin("/");

        var elsewhere = new Browser().get(pathOf(back));
        assertThat(elsewhere.statusCode()).isEqualTo(400);
        assertThat(elsewhere.body()).contains("not begun in this browser");

        var ticket = browser.cookies().getOrDefault("octosts-login", "");
        assertThat(browser.get(pathOf(back)).statusCode()).isEqualTo(303);
        browser.cookies().put("octosts-login", ticket);
        var again = browser.get(pathOf(back));
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("finished already");
    }

    @Test
    void does_not_take_a_ticket_that_somebody_has_changed_or_kept_too_long() {
        var browser = new Browser();
        URI back = browser.beginLogin("/");
        var ticket = browser.cookies().getOrDefault("octosts-login", "");
        for (String forged : new String[] {"", "x", ticket + "x", "x" + ticket, ticket.replace('.', '-')}) {
            browser.cookies().put("octosts-login", forged);
            assertThat(browser.get(pathOf(back)).statusCode()).as(forged).isEqualTo(400);
        }

        clock.advance(Duration.ofMinutes(10));
        browser.cookies().put("octosts-login", ticket);
        assertThat(browser.get(pathOf(back)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aud", "nonce", "iss", "key", "exp", "azp"})
    void does_not_take_an_id_token_with_a_wrong(String part) {
        var stranger = newIssuer();
        login.edit(token -> switch (part) {
            case "aud" -> token.audience(AUDIENCE);
            case "nonce" -> token.claim("nonce", "another");
            case "iss" -> token.claim("iss", stranger.url());
            case "key" -> token.key(stranger.key());
            case "exp" -> token.claim("exp", clock.instant().getEpochSecond() - 1);
            default -> token.audience(CLIENT, "another");
        });
        var browser = new Browser();

        assertThat(browser.logIn().statusCode()).isEqualTo(400);
        assertThat(browser.cookies()).doesNotContainKey("octosts-session");
    }

    @Test
    void does_not_take_the_answer_of_another_provider() {
        var browser = new Browser();
        assertThat(browser.get(pathOf(browser.beginLogin("/")) + "&iss=https://other.example")
                        .statusCode())
                .isEqualTo(400);
        browser.beginLogin("/");
        assertThat(browser.get("/login/callback?error=access_denied&error_description=%3Cb%3E")
                        .body())
                .doesNotContain("<b>");
    }

    @Test
    void lets_nobody_in_who_has_no_role() {
        login.as(NOBODY);
        var browser = new Browser();
        var answer = browser.logIn();

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("none of your groups has a role");
        assertThat(browser.cookies()).doesNotContainKey("octosts-session");
        assertThat(notes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example", "/%5Cevil.example", "/%0d%0aSet-Cookie:x=y", ""})
    void goes_on_to_no_other_server(String to) {
        var browser = new Browser();
        assertThat(location(browser.get(pathOf(browser.beginLogin(to))))).isEqualTo("/");
    }

    @Test
    void says_so_while_the_provider_is_down_and_works_when_it_is_there() {
        issuer.fault(Document.DISCOVERY, IssuerFault.status(503), 1);
        var browser = new Browser();
        var down = browser.get("/login");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body()).contains("does not answer");

        assertThat(browser.logIn().statusCode()).isEqualTo(303);
        issuer.fault(Document.DISCOVERY, IssuerFault.status(503));
        clock.advance(Duration.ofMinutes(20));
        assertThat(browser.get("/").statusCode())
                .as("a session needs no provider")
                .isEqualTo(200);
        assertThat(new Browser().logIn().statusCode())
                .as("the last known addresses")
                .isEqualTo(303);
    }

    @Test
    void works_after_the_provider_has_changed_its_keys() {
        assertThat(new Browser().logIn().statusCode()).isEqualTo(303);
        issuer.rotate();
        assertThat(new Browser().logIn().statusCode()).isEqualTo(303);
    }

    @Test
    void ends_when_it_is_not_used_and_after_a_working_day() {
        var idle = new Browser();
        idle.logIn();
        clock.advance(Duration.ofMinutes(30));
        assertThat(idle.get("/").statusCode()).isEqualTo(303);

        var busy = new Browser();
        busy.logIn();
        for (int quarter = 1; quarter < 32; quarter++) {
            clock.advance(Duration.ofMinutes(15));
            assertThat(busy.get("/").statusCode()).isEqualTo(200);
        }
        clock.advance(Duration.ofMinutes(15));
        assertThat(busy.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void ends_with_a_logout_for_good() {
        var browser = new Browser();
        browser.logIn();
        var session = browser.cookies().getOrDefault("octosts-session", "");

        assertThat(browser.get("/logout").statusCode()).isEqualTo(405);
        assertThat(browser.post("/logout", "csrf=" + browser.csrf()).body()).contains("You are logged out");

        browser.cookies().put("octosts-session", session);
        assertThat(browser.get("/").statusCode()).isEqualTo(303);
        assertThat(notes).extracting(AuditNote::action).containsExactly("login", "logout");
    }

    @Test
    void is_one_of_five_of_a_person_at_most() {
        var first = new Browser();
        first.logIn();
        clock.advance(Duration.ofSeconds(1));
        for (int more = 0; more < 5; more++) {
            new Browser().logIn();
        }
        assertThat(first.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void lets_pages_of_this_console_change_things_and_no_others() {
        var ann = new Browser();
        ann.logIn();
        login.as(new Person("bob", List.of("platform")));
        var bob = new Browser();
        bob.logIn();

        assertThat(ann.post("/service/refresh", "").statusCode()).isEqualTo(403);
        assertThat(ann.post("/service/refresh", "csrf=guessed").statusCode()).isEqualTo(403);
        assertThat(ann.post("/service/refresh", "csrf=" + bob.csrf()).statusCode())
                .as("the token of another session")
                .isEqualTo(403);
        assertThat(send(
                                "POST",
                                "/api/refresh",
                                "{}",
                                "Cookie",
                                "octosts-session=" + ann.cookies().get("octosts-session"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(
                                "POST",
                                "/api/refresh",
                                "{}",
                                "Cookie",
                                "octosts-session=" + ann.cookies().get("octosts-session"),
                                "X-CSRF-Token",
                                ann.csrf(),
                                "Sec-Fetch-Site",
                                "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(stores.refreshed).isEmpty();

        assertThat(ann.post("/service/refresh", "csrf=" + ann.csrf()).statusCode())
                .isEqualTo(303);
        assertThat(stores.refreshed).containsExactly("all");
    }
}
