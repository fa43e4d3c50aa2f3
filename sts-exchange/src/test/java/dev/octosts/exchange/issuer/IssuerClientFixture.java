package dev.octosts.exchange.issuer;

import static dev.octosts.exchange.bearer.TestServer.answer;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.api.Egress;
import dev.octosts.exchange.bearer.TestServer;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.issuer.AddressGuard.NameLookup;
import dev.octosts.exchange.issuer.PermittedIssuers.Lifetimes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A client of issuers before a server of this machine. */
final class IssuerClientFixture implements AutoCloseable {
    static final PermittedIssuers LOOPBACK = new PermittedIssuers(Set.of(), true, false, Lifetimes.standard());

    final TestServer server;
    final IssuerClient client;
    final String base;

    IssuerClientFixture() throws IOException {
        server = new TestServer();
        base = "http://127.0.0.1:" + server.port();
        client = client(LOOPBACK, null, InetAddress::getAllByName);
    }

    static IssuerClient client(PermittedIssuers permitted, @Nullable ProxySelector proxies, NameLookup names) {
        try {
            return new IssuerClient(
                    permitted,
                    IssuersFile.none(),
                    TestVerifiers.reputation(permitted, IssuersFile.none()),
                    new Egress(SSLContext.getDefault(), Optional.ofNullable(proxies)),
                    names);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static TestServer.Page redirect(int status, String location) {
        return answer(status, "", "Location: " + location);
    }

    String fetch(String path) throws IssuerException {
        return new String(
                client.fetch("https://issuer.example", URI.create(base + path), Deadline.in(Duration.ofSeconds(5))),
                StandardCharsets.UTF_8);
    }

    void assertFinal(String path) {
        assertThatExceptionOfType(IssuerException.class)
                .isThrownBy(() -> fetch(path))
                .isNotInstanceOf(IssuerException.Transient.class);
    }

    void assertTransient(String path) {
        assertThatExceptionOfType(IssuerException.Transient.class).isThrownBy(() -> fetch(path));
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
