package dev.octosts.exchange.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.api.Egress;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.github.fixture.TunnelProxy;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Issuers behind a proxy that wants to know its users. */
@Timeout(60)
class IssuerProxyLoginTest {

    private static final String DOCUMENT = "{\"issuer\":\"https://issuer.example\"}";

    private final Sandbox sandbox = Sandbox.start();
    private final TunnelProxy proxy = new TunnelProxy("user", "se:cret");

    /** Any server with TLS will do as the issuer. */
    @BeforeEach
    void start() {
        sandbox.github().fault(call -> true, Faults.reply(Reply.json(200, DOCUMENT)));
    }

    @AfterEach
    void close() {
        proxy.close();
        sandbox.close();
    }

    @Test
    void are_reached_with_the_user_and_the_password_of_the_environment() throws Exception {
        assertThat(discovery("se:cret")).isEqualTo(DOCUMENT);
        assertThat(proxy.authorizations()).contains(TunnelProxy.basic("user", "se:cret"));
    }

    @Test
    void are_not_reached_with_a_wrong_password() {
        assertThatExceptionOfType(IssuerException.class).isThrownBy(() -> discovery("wrong"));
    }

    private String discovery(String password) throws IssuerException {
        var permitted = new PermittedIssuers(Set.of(), true, false, PermittedIssuers.Lifetimes.standard());
        var egress = new Egress(sandbox.authority().clientContext(), Optional.of(proxy.selector("user", password)));
        var reputation = TestVerifiers.reputation(permitted, IssuersFile.none());
        try (var client = new IssuerClient(permitted, IssuersFile.none(), reputation, egress)) {
            byte[] document = client.fetch(
                    "https://issuer.example",
                    sandbox.github().baseUri().resolve("/.well-known/openid-configuration"),
                    Deadline.in(Duration.ofSeconds(10)));
            return new String(document, StandardCharsets.UTF_8);
        }
    }
}
