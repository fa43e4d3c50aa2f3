package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.github.AppStatus.Known;
import dev.octosts.github.AppStatus.Rejected;
import dev.octosts.github.AppStatus.Unreachable;
import dev.octosts.github.AppStatus.UnreachableCause;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AppStatusTest {

    private final GitHubFixture gitHub = new GitHubFixture();

    @AfterEach
    void close() {
        gitHub.server().clearFaults();
        gitHub.close();
    }

    private AppStatus status() {
        return gitHub.client().app(gitHub.caller());
    }

    private AppStatus at(String address, SSLContext trust) {
        var egress = new Egress(trust, Optional.empty());
        try (var client = new GitHub(URI.create(address), egress, GitHub.Time.ofThisMachine(), _ -> {})) {
            return client.app(gitHub.caller());
        }
    }

    @Test
    void is_known_by_its_slug() {
        assertThat(status()).isEqualTo(new Known(gitHub.app().slug()));
    }

    @Test
    void is_rejected_with_the_key_of_another_app() {
        var stranger = gitHub.server().app("stranger");
        var impostor = new GitHubApp(
                gitHub.app().id(), stranger.privateKey(), gitHub.sandbox().clock());
        assertThat(gitHub.client().app(impostor)).isEqualTo(new Rejected());
    }

    static Stream<Arguments> answers() {
        var page = "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of("401", Faults.status(401), new Rejected()),
                Arguments.of(
                        "no App of that id",
                        Faults.status(404, "Integration not found"),
                        new Unreachable(UnreachableCause.NO_SUCH_APP)),
                Arguments.of("404", Faults.status(404, "Not Found"), new Unreachable(UnreachableCause.NOT_AN_API)),
                Arguments.of(
                        "a page",
                        Faults.reply(Reply.of(200, "text/html", page)),
                        new Unreachable(UnreachableCause.NOT_AN_API)),
                Arguments.of(
                        "a page that is missing",
                        Faults.reply(Reply.of(404, "text/html", page)),
                        new Unreachable(UnreachableCause.NOT_AN_API)),
                Arguments.of(
                        "a redirect to a page",
                        Faults.reply(Reply.empty(302).with("Location", "https://localhost/login")),
                        new Unreachable(UnreachableCause.NOT_AN_API)),
                Arguments.of(
                        "another API",
                        Faults.reply(Reply.json(200, "[]")),
                        new Unreachable(UnreachableCause.NOT_AN_API)),
                Arguments.of("403", Faults.forbidden(), new Unreachable(UnreachableCause.FORBIDDEN)),
                Arguments.of("a limit", Faults.secondaryLimit(), new Unreachable(UnreachableCause.LIMITED)),
                Arguments.of("502", Faults.badGateway(), new Unreachable(UnreachableCause.FAILING)),
                Arguments.of("no answer", Faults.reset(), new Unreachable(UnreachableCause.FAILING)),
                Arguments.of("silence", Faults.hang(), new Unreachable(UnreachableCause.TIMED_OUT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void tells_what_github_answers(String name, Fault fault, AppStatus expected) {
        gitHub.server().fault(call -> true, fault);
        assertThat(status()).as(name).isEqualTo(expected);
    }

    @Test
    void tells_that_a_certificate_is_not_trusted() throws NoSuchAlgorithmException {
        assertThat(at(gitHub.server().baseUri().toString(), SSLContext.getDefault()))
                .isEqualTo(new Unreachable(UnreachableCause.UNTRUSTED_CERTIFICATE));
    }

    @Test
    void tells_that_a_certificate_is_for_another_name() {
        var address = "https://[::1]:" + gitHub.server().baseUri().getPort();
        if (gitHub.sandbox().issuers().ipv6()) {
            assertThat(at(address, gitHub.sandbox().authority().clientContext()))
                    .isIn(
                            new Unreachable(UnreachableCause.UNTRUSTED_CERTIFICATE),
                            new Known(gitHub.app().slug()));
        }
    }

    @Test
    void tells_that_a_connection_is_refused() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(at("https://127.0.0.1:" + free, gitHub.sandbox().authority().clientContext()))
                .isEqualTo(new Unreachable(UnreachableCause.CONNECTION_REFUSED));
    }

    @Test
    void tells_that_a_name_is_unknown() {
        assertThat(at("https://github.invalid", gitHub.sandbox().authority().clientContext()))
                .isEqualTo(new Unreachable(UnreachableCause.NAME_NOT_FOUND));
    }

    @Test
    void tells_that_a_server_does_not_speak_tls() {
        var address = "https://127.0.0.1:" + gitHub.sandbox().issuers().port();
        assertThat(at(address, gitHub.sandbox().authority().clientContext()))
                .isEqualTo(new Unreachable(UnreachableCause.NOT_AN_API));
    }
}
