package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AuditNote;
import dev.octosts.operators.OperatorsSettings.Login;
import dev.octosts.operators.OperatorsSettings.RoleAssignment;
import dev.octosts.sandbox.SandboxClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the operators' login and API do with a provider that is not ours. What only a provider that lies does, such as a
 * wrong nonce, is in {@link LoginTest}.
 */
abstract class ForeignProviderContract {

    static final String AUDIENCE = "urn:octo-sts-admin";
    static final String SECRET = "the secret";

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final SandboxClock clock = new SandboxClock();
    private final MemoryStores stores = new MemoryStores();
    private final List<AuditNote> notes = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private OperatorsServer server = server();

    /** The provider, which is there for all tests of the class. */
    abstract ForeignProvider provider();

    /** The port that the provider sends browsers back to. */
    abstract int port();

    private OperatorsServer server() {
        return OperatorsServer.start(
                new OperatorsSettings(
                        port(),
                        provider().issuer(),
                        Optional.of(AUDIENCE),
                        Optional.of(new Login(
                                provider().clientId(),
                                () -> Optional.of(SECRET),
                                URI.create("http://localhost:" + port()))),
                        "groups",
                        List.of(new RoleAssignment("watchers", Set.of())),
                        List.of(new RoleAssignment("platform", Set.of())),
                        Optional.empty()),
                new OperatorPorts(
                        stores,
                        stores,
                        stores,
                        stores.recall,
                        stores,
                        new Traffic(clock, Set.of()),
                        notes::add,
                        clock,
                        Optional.empty()),
                OperatorsFixture.egress());
    }

    @BeforeEach
    final void begin() {
        provider().up();
    }

    @AfterEach
    final void end() {
        server.close();
        client.close();
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + port() + path);
    }

    private ForeignBrowser browser() {
        return new ForeignBrowser(client);
    }

    /** Where the provider sends a browser back to, which has not gone there yet. */
    private URI atProvider(ForeignBrowser browser, String person) {
        var begun = browser.get(address("/login?to=/service"));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
        return provider()
                .logIn(
                        browser,
                        URI.create(begun.headers().firstValue("location").orElseThrow()),
                        person);
    }

    private HttpResponse<String> logIn(ForeignBrowser browser, String person) {
        return browser.get(atProvider(browser, person));
    }

    private static String csrf(ForeignBrowser browser, URI page) {
        var found = CSRF.matcher(browser.get(page).body());
        return found.find() ? found.group(1) : "";
    }

    private HttpResponse<String> api(String token) {
        try {
            return client.send(
                    HttpRequest.newBuilder(address("/api/me"))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    @Test
    void gives_people_the_roles_of_their_groups() {
        var ann = browser();
        var answer = logIn(ann, "ann");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).contains("/service");
        assertThat(ann.get(address("/")).body()).containsPattern(">ann( \\(.+\\))?, operator<");
        assertThat(ann.post(address("/service/refresh"), Map.of("csrf", csrf(ann, address("/"))))
                        .statusCode())
                .isEqualTo(303);
        assertThat(stores.refreshed).containsExactly("all");

        var vic = browser();
        assertThat(logIn(vic, "vic").statusCode()).isEqualTo(303);
        assertThat(vic.get(address("/")).body()).containsPattern(">vic( \\(.+\\))?, viewer<");
        assertThat(vic.post(address("/service/refresh"), Map.of("csrf", csrf(vic, address("/"))))
                        .statusCode())
                .isEqualTo(403);
        assertThat(notes).extracting(AuditNote::action).containsExactly("login", "refresh", "login");
    }

    @Test
    void lets_nobody_in_who_has_no_role() {
        var browser = browser();
        var answer = logIn(browser, "nobody");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("none of your groups has a role");
        assertThat(browser.cookies()).doesNotContainKey("octosts-session");
    }

    @Test
    void ends_with_a_logout_and_shows_the_way_to_that_of_the_provider() {
        var ann = browser();
        logIn(ann, "ann");
        var session = ann.cookies().getOrDefault("octosts-session", "");
        var out = ann.post(address("/logout"), Map.of("csrf", csrf(ann, address("/"))));
        assertThat(out.statusCode()).isEqualTo(200);
        assertThat(out.body()).contains("You are logged out", provider().issuer());

        ann.cookies().put("octosts-session", session);
        assertThat(ann.get(address("/")).statusCode()).isEqualTo(303);
    }

    @Test
    void is_finished_once_and_only_in_the_browser_that_began_it() {
        var ann = browser();
        var back = atProvider(ann, "ann");
        var ticket = ann.cookies().getOrDefault("octosts-login", "");
        assertThat(browser().get(back).statusCode()).as("another browser").isEqualTo(400);
        assertThat(ann.get(back).statusCode()).isEqualTo(303);

        ann.cookies().put("octosts-login", ticket);
        assertThat(ann.get(back).statusCode()).as("the same state again").isEqualTo(400);

        var other = atProvider(ann, "ann");
        var mixed = URI.create(other.toString()
                .replaceFirst("([?&]code=)[^&]+", "$1" + back.toString().replaceFirst(".*[?&]code=([^&]+).*", "$1")));
        assertThat(ann.get(mixed).statusCode())
                .as("the code of another login, which the provider has redeemed")
                .isEqualTo(400);
    }

    @Test
    void keeps_the_session_of_one_person_from_another() {
        var ann = browser();
        logIn(ann, "ann");
        var vic = browser();
        logIn(vic, "vic");
        assertThat(ann.post(address("/service/refresh"), Map.of("csrf", csrf(vic, address("/"))))
                        .statusCode())
                .as("the form of another person's session")
                .isEqualTo(403);

        // A login that somebody else began does not change who is here.
        var planted = atProvider(browser(), "vic");
        assertThat(ann.get(planted).statusCode()).isEqualTo(400);
        assertThat(ann.get(address("/")).body()).contains(">ann").doesNotContain(">vic");
        assertThat(stores.refreshed).isEmpty();
    }

    @Test
    void ends_when_it_is_not_used() {
        var ann = browser();
        logIn(ann, "ann");
        clock.advance(Duration.ofMinutes(30));
        assertThat(ann.get(address("/")).statusCode()).isEqualTo(303);
    }

    @Test
    void takes_the_tokens_of_programs_that_are_for_it() {
        var token = provider().token("robot", AUDIENCE);
        assertThat(api(token).body()).contains("\"role\":\"operator\"");
        assertThat(api(provider().token("poor-robot", AUDIENCE)).statusCode()).isEqualTo(403);
        assertThat(api(provider().token("robot", "urn:another")).statusCode())
                .as("another audience")
                .isEqualTo(401);
        assertThat(api(token.substring(0, token.length() - 8)).statusCode())
                .as("a part of its signature")
                .isEqualTo(401);
        clock.advance(Duration.ofHours(2));
        assertThat(api(token).statusCode()).as("it has expired").isEqualTo(401);
    }

    @Test
    void goes_on_when_the_provider_changes_its_keys() {
        var ann = browser();
        assertThat(logIn(ann, "ann").statusCode()).isEqualTo(303);
        assertThat(api(provider().token("robot", AUDIENCE)).statusCode()).isEqualTo(200);

        provider().rotate();

        assertThat(ann.get(address("/")).statusCode()).as("a session").isEqualTo(200);
        assertThat(logIn(browser(), "ann").statusCode()).as("a new login").isEqualTo(303);
        assertThat(api(provider().token("robot", AUDIENCE)).statusCode()).isEqualTo(200);
    }

    @Test
    void waits_for_a_provider_that_is_down_at_the_start() {
        var token = provider().token("robot", AUDIENCE);
        provider().down();
        server.close();
        server = server();

        var page = browser().get(address("/login"));
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("does not answer");
        assertThat(api(token).statusCode()).isEqualTo(503);

        provider().up();
        // The pause after failures in a row.
        clock.advance(Duration.ofMinutes(1));
        assertThat(logIn(browser(), "ann").statusCode()).isEqualTo(303);
        assertThat(api(token).statusCode()).isEqualTo(200);
    }

    @Test
    void goes_on_while_the_provider_is_down_later() {
        var ann = browser();
        logIn(ann, "ann");
        var token = provider().token("robot", AUDIENCE);
        assertThat(api(token).statusCode()).isEqualTo(200);
        var begun = browser();
        var back = atProvider(begun, "ann");

        provider().down();

        assertThat(ann.get(address("/")).statusCode()).as("a session").isEqualTo(200);
        assertThat(api(token).statusCode()).as("a program").isEqualTo(200);
        assertThat(begun.get(back).statusCode())
                .as("a login that needs the provider")
                .isEqualTo(503);
        provider().up();
        assertThat(logIn(browser(), "ann").statusCode()).isEqualTo(303);
    }
}
