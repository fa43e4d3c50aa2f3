package dev.octosts.exchange.bearer;

import static dev.octosts.exchange.bearer.TestServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.api.Egress;
import dev.octosts.exchange.bearer.Verification.Busy;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.exchange.issuer.AddressGuard;
import dev.octosts.exchange.issuer.Deadline;
import dev.octosts.exchange.issuer.IssuerClient;
import dev.octosts.exchange.issuer.IssuerDocuments;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuerException;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.KeyLookup;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.PermittedIssuers.Lifetimes;
import dev.octosts.exchange.issuer.ProviderMetadata;
import dev.octosts.exchange.issuer.Reputation;
import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tokens of strangers can make this service do to servers that are not theirs. */
@Timeout(60)
class ThirdPartiesTest {
    private static final PermittedIssuers RULES = new PermittedIssuers(Set.of(), true, false, Lifetimes.standard());

    private final TestClock clock = new TestClock();
    private final Reputation reputation = new Reputation(RULES, IssuersFile.none(), clock);
    private TestServer attacker;
    private TestServer victim;
    private IssuerClient client;
    private TokenVerifier verifier;

    @BeforeEach
    void start() throws IOException, NoSuchAlgorithmException {
        attacker = new TestServer();
        victim = new TestServer();
        client = new IssuerClient(
                RULES, IssuersFile.none(), reputation, new Egress(SSLContext.getDefault(), Optional.empty()));
        verifier = new TokenVerifier(
                RULES, IssuersFile.none(), reputation, client, IssuerEvents.none(), clock, TestVerifiers.AMPLE);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        attacker.close();
        victim.close();
    }

    private static String base(TestServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    /** An issuer at that path, whose discovery document names this address of keys. */
    private TestIssuer publishes(TestServer server, String path, String keys) {
        var issuer = new TestIssuer(base(server) + path);
        issuer.discovery.put("jwks_uri", keys);
        server.page(path + "/.well-known/openid-configuration", answer(200, TestJson.of(issuer.discovery)));
        return issuer;
    }

    private static String keySet(TestIssuer issuer) {
        return new String(issuer.keySet(), StandardCharsets.UTF_8);
    }

    @Test
    void redirects_of_many_issuers_do_not_hammer_their_target() {
        int busy = 0;
        for (int i = 0; i < 200; i++) {
            String path = "/i" + i;
            attacker.page(
                    path + "/.well-known/openid-configuration",
                    answer(302, "", "Location: " + base(victim) + "/page" + i));
            if (verifier.verify(new TestIssuer(base(attacker) + path).token()) instanceof Busy) {
                busy++;
            }
        }

        assertThat(victim.calls.get()).isBetween(20, 60);
        assertThat(busy).isGreaterThan(100);
    }

    @Test
    void key_addresses_of_many_issuers_do_not_hammer_their_target_even_when_it_answers() {
        victim.page("/jwks", answer(200, keySet(new TestIssuer())));
        for (int i = 0; i < 200; i++) {
            verifier.verify(
                    publishes(attacker, "/i" + i, base(victim) + "/jwks").token());
        }

        assertThat(victim.calls.get()).isBetween(20, 60);
    }

    @Test
    void tokens_that_name_many_paths_of_a_server_do_not_hammer_it() {
        for (int i = 0; i < 500; i++) {
            verifier.verify(new TestIssuer(base(victim) + "/i" + i).token());
        }

        assertThat(victim.calls.get()).isBetween(90, 180);
    }

    @Test
    void many_good_issuers_of_one_server_are_all_served() {
        for (int i = 0; i < 300; i++) {
            String path = "/i" + i;
            TestIssuer issuer = publishes(victim, path, base(victim) + path + "/jwks");
            victim.page(path + "/jwks", answer(200, keySet(issuer)));
            assertThat(verifier.verify(issuer.token())).as("issuer %d", i).isInstanceOf(Verified.class);
        }
    }

    @Test
    void a_server_that_strangers_wore_out_still_serves_its_proven_issuer() {
        TestIssuer tenant = publishes(victim, "/tenant", base(victim) + "/tenant/jwks");
        victim.page("/tenant/jwks", answer(200, keySet(tenant)));
        assertThat(verifier.verify(tenant.token())).isInstanceOf(Verified.class);
        verifier.proven(tenant.url());
        int strangers = 0;
        while (!(verifier.verify(new TestIssuer(base(victim) + "/i" + strangers).token()) instanceof Busy)) {
            strangers++;
        }
        assertThat(strangers).isGreaterThan(20);
        tenant.has(TestKey.of("RS256", "k2", 2));
        victim.page("/tenant/jwks", answer(200, keySet(tenant)));

        assertThat(verifier.verify(tenant.token())).isInstanceOf(Verified.class);
        clock.passes(Duration.ofMinutes(16));
        assertThat(verifier.verify(tenant.token(
                        c -> c.put("exp", clock.instant().plusSeconds(60).getEpochSecond()))))
                .isInstanceOf(Verified.class);
    }

    @Test
    void names_are_looked_up_on_no_thread_that_carries_callers() throws NoSuchAlgorithmException {
        List<Boolean> virtual = new CopyOnWriteArrayList<>();
        AddressGuard.NameLookup names = _ -> {
            virtual.add(Thread.currentThread().isVirtual());
            throw new UnknownHostException("none");
        };
        try (var resolving = new IssuerClient(
                RULES, IssuersFile.none(), reputation, new Egress(SSLContext.getDefault(), Optional.empty()), names)) {
            TokenVerifier verifier = new TokenVerifier(
                    RULES, IssuersFile.none(), reputation, resolving, IssuerEvents.none(), clock, TestVerifiers.AMPLE);
            assertThat(verifier.verify(new TestIssuer("https://slow.example").token()))
                    .isInstanceOf(Verification.Rejected.class);
        }

        assertThat(virtual).isNotEmpty().containsOnly(false);
    }

    @Test
    void issuers_of_one_site_that_hang_keep_no_newcomer_of_another_site_out() throws InterruptedException {
        var over = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var newcomer = new TestIssuer("https://newcomer.example");
        IssuerDocuments hanging = (of, address, deadline) -> {
            if (of.equals(newcomer.url())) {
                return newcomer.fetch(of, address, deadline);
            }
            asked.incrementAndGet();
            try {
                assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new IssuerException.Transient("gone", null);
        };
        TokenVerifier verifier = new TokenVerifier(
                RULES, IssuersFile.none(), reputation, hanging, IssuerEvents.none(), clock, TestVerifiers.AMPLE);
        AtomicInteger busy = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String token = new TestIssuer("https://h" + i + ".attacker.example").token();
            callers.add(Thread.ofVirtual().start(() -> {
                if (verifier.verify(token) instanceof Busy) {
                    busy.incrementAndGet();
                }
            }));
        }
        Await.until("all have called", () -> busy.get() >= 192 && asked.get() >= 8);

        assertThat(asked).hasValue(8);
        assertThat(verifier.verify(newcomer.token())).isInstanceOf(Verified.class);
        over.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    @Test
    void an_answer_that_fails_is_final_for_a_stranger_that_failed_before_and_transient_for_others() {
        AtomicInteger status = new AtomicInteger(503);
        victim.page("/x", (request, answer) -> answer(status.get(), "later").answer(request, answer));
        String issuer = base(victim);
        assertThatExceptionOfType(IssuerException.Transient.class)
                .as("first contact")
                .isThrownBy(() -> fetch(issuer));
        reputation.failing().failed(issuer, new KeyLookup.Unavailable(KeyLookup.Missing.METADATA, "503"));
        assertThatExceptionOfType(IssuerException.class)
                .as("failed before")
                .isThrownBy(() -> fetch(issuer))
                .isNotInstanceOf(IssuerException.Transient.class);
        reputation.proved(issuer);
        assertThatExceptionOfType(IssuerException.Transient.class).as("proven").isThrownBy(() -> fetch(issuer));
    }

    private byte[] fetch(String issuer) throws IssuerException {
        return client.fetch(issuer, URI.create(base(victim) + "/x"), Deadline.in(Duration.ofSeconds(5)));
    }

    @Test
    void keys_of_strangers_do_not_push_out_those_of_a_proven_issuer() {
        var tenant = new TestIssuer("https://tenant.example");
        var many = new TestIssuer("https://many.example");
        TestKey[] keys = new TestKey[60];
        Arrays.setAll(keys, i -> TestKey.of("RS256", "k" + i, 2));
        byte[] large = many.has(keys).keySet();
        IssuerDocuments anybody = (of, address, deadline) -> {
            if (of.equals(tenant.url())) {
                return tenant.fetch(of, address, deadline);
            }
            return address.toString().endsWith(ProviderMetadata.WELL_KNOWN)
                    ? TestJson.bytes(Map.of("issuer", of, "jwks_uri", of + "/jwks"))
                    : large;
        };
        TokenVerifier verifier = new TokenVerifier(
                RULES, IssuersFile.none(), reputation, anybody, IssuerEvents.none(), clock, TestVerifiers.AMPLE);
        assertThat(verifier.verify(tenant.token())).isInstanceOf(Verified.class);
        verifier.proven(tenant.url());
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 200; i++) {
                verifier.verify("e30." + TestIssuer.part("{\"iss\":\"https://i" + i + ".example\"}") + ".x");
            }
        }

        assertThat(verifier.verify(tenant.token())).isInstanceOf(Verified.class);
        assertThat(tenant.discoveries).hasValue(1);
    }
}
