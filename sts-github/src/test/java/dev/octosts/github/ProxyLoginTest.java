package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.api.ProxyLogins;
import dev.octosts.github.fixture.GitHubFixture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** GitHub behind a proxy that wants to know its users. */
@Timeout(60)
class ProxyLoginTest {

    private final GitHubFixture gitHub = new GitHubFixture();
    private final TunnelProxy proxy = new TunnelProxy("user", "se:cret");

    @AfterEach
    void close() {
        proxy.close();
        gitHub.close();
    }

    @Test
    void is_reached_with_the_user_and_the_password_of_the_environment() {
        assertThat(installation("se:cret")).isInstanceOf(GitHubResult.Success.class);
        assertThat(proxy.authorizations()).contains(basic("user", "se:cret"));
    }

    @Test
    void is_not_reached_with_a_wrong_password() {
        assertThat(installation("wrong")).isEqualTo(new GitHubResult.Failure<>(GitHubResult.Reason.UNAVAILABLE));
    }

    private GitHubResult<Installation> installation(String password) {
        try (var client = new GitHub(
                gitHub.server().baseUri(),
                new Egress(
                        gitHub.sandbox().authority().clientContext(),
                        Optional.of(new OneProxy(proxy.port(), password))),
                GitHub.Time.ofThisMachine(),
                call -> {})) {
            return client.installation(gitHub.caller(), gitHub.owner());
        }
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends everything to one proxy. */
    private static final class OneProxy extends ProxySelector implements ProxyLogins {

        private final int port;
        private final String password;

        OneProxy(int port, String password) {
            this.port = port;
            this.password = password;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", port)));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // the test sees it
        }

        @Override
        public Optional<PasswordAuthentication> login(String host, int at) {
            return at == port
                    ? Optional.of(new PasswordAuthentication("user", password.toCharArray()))
                    : Optional.empty();
        }
    }

    /** A proxy that opens tunnels to those who know its password. */
    private static final class TunnelProxy implements AutoCloseable {

        private final ServerSocket listener;
        private final String wanted;
        private final List<String> authorizations = new CopyOnWriteArrayList<>();

        TunnelProxy(String user, String password) {
            this.wanted = basic(user, password);
            try {
                this.listener = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return listener.getLocalPort();
        }

        List<String> authorizations() {
            return authorizations;
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket caller = listener.accept();
                    Thread.ofVirtual().start(() -> serve(caller));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void serve(Socket caller) {
            try (caller) {
                while (true) {
                    List<String> head = head(caller.getInputStream());
                    if (head.isEmpty()) {
                        return;
                    }
                    Optional<String> said = head.stream()
                            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization: "))
                            .map(line -> line.substring(line.indexOf(' ') + 1))
                            .findFirst();
                    said.ifPresent(authorizations::add);
                    if (said.filter(wanted::equals).isEmpty()) {
                        say(
                                caller.getOutputStream(),
                                "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
                        continue;
                    }
                    URI target = URI.create("https://"
                            + head.getFirst().substring(8, head.getFirst().lastIndexOf(' ')));
                    try (var server = new Socket(target.getHost(), target.getPort())) {
                        say(caller.getOutputStream(), "HTTP/1.1 200 Go on\r\n\r\n");
                        Thread.ofVirtual().start(() -> copy(caller, server));
                        copy(server, caller);
                    }
                    return;
                }
            } catch (IOException gone) {
                // the caller has left
            }
        }

        private static List<String> head(InputStream in) throws IOException {
            var text = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                text.append((char) c);
                if (text.toString().endsWith("\r\n\r\n")) {
                    return text.toString()
                            .lines()
                            .filter(line -> !line.isEmpty())
                            .toList();
                }
            }
            return List.of();
        }

        private static void say(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        private static void copy(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException gone) {
                // the other end has closed
            }
        }

        @Override
        public void close() {
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
