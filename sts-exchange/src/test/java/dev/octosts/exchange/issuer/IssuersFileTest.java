package dev.octosts.exchange.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octosts.api.Egress;
import dev.octosts.exchange.bearer.TestClock;
import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestJson;
import dev.octosts.exchange.bearer.TestKey;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.exchange.issuer.PermittedIssuers.Lifetimes;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuersFileTest {
    private static final Set<String> NOBODY_ELSE = Set.of("https://other.example");

    @TempDir
    Path folder = Path.of("");

    private final TestIssuer issuer = new TestIssuer();

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IssuersFile file(String entry) {
        return IssuersFile.read(write("issuers.yaml", "issuers:\n  - issuer: https://issuer.example\n" + entry));
    }

    private TokenVerifier verifier(IssuersFile file) {
        var permitted = new PermittedIssuers(NOBODY_ELSE, false, false, Lifetimes.standard());
        return TestVerifiers.of(permitted, file, issuer, IssuerEvents.none(), new TestClock());
    }

    private String jwks() {
        return new String(issuer.keySet(), StandardCharsets.UTF_8);
    }

    @Test
    void permits_what_it_lists_beside_the_list_of_the_environment() {
        assertThat(verifier(file("")).verify(issuer.token())).isInstanceOf(Verified.class);
        assertThat(verifier(IssuersFile.none()).verify(issuer.token()))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.ISSUER_NOT_PERMITTED));
    }

    @Test
    void gives_keys_in_line_or_in_a_file_and_never_calls_the_issuer() {
        write("keys.json", jwks());
        for (String entry : List.of("    jwks_file: keys.json\n", "    jwks: " + jwks() + "\n")) {
            var verifier = verifier(file(entry));

            assertThat(verifier.verify(issuer.token())).isInstanceOf(Verified.class);
            assertThat(verifier.verify(issuer.signedBy(TestKey.of("RS256", "k1", 2))))
                    .isInstanceOf(Rejected.class);
            assertThat(verifier.verify(issuer.signedBy(TestKey.of("RS256", "unknown", 2))))
                    .isInstanceOf(Rejected.class);
        }
        assertThat(issuer.discoveries).hasValue(0);
        assertThat(issuer.keySets).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "algorithms: RS256|true",
                "algorithms: [ES256, RS256]|true",
                "algorithms: [ES256]|false",
                "audience: octo-sts.test|true",
                "audience: [other, octo-sts.test]|true",
                "audience: other|false"
            })
    void narrows_what_tokens_may_be(String line, boolean accepted) {
        assertThat(verifier(file("    " + line + "\n")).verify(issuer.token()) instanceof Verified)
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "    nmae: x|https://issuer.example: unknown key nmae; known are algorithms, audience, ca_file, issuer,",
                "    jwks_file: gone.json|jwks_file of https://issuer.example cannot be read: gone.json",
                "    jwks: 5|jwks is not a key set",
                "    shared: perhaps|shared is neither true nor false",
                "    jwks: {keys: []}|jwks holds no key that can verify a signature",
                "    jwks: {keys: [{kty: RSA, n: AQAB, e: AQAB, d: AQAB}]}|jwks holds a private key (member d); put the"
                        + " public key alone there",
                "    jwks: {keys: [{kty: oct, k: AQAB}]}|jwks holds a private key (member k)",
                "    jwks: {}|jwks: no keys in the key set",
                "    ca_file: issuers.yaml|issuers.yaml holds",
                "    private_network: maybe|private_network is neither true nor false",
                "    algorithms: [HS256]|unknown algorithm HS256; known are RS256",
                "    algorithms: [none]|unknown algorithm none",
                "    audience: []|audience is neither a text nor a list of texts",
                "  - issuer: https://issuer.example|listed twice",
                "  - issuer: http://issuer.example|an entry has no issuer",
                "  - name: x|an entry has no issuer",
                "more: x|one key is expected, issuers"
            })
    void says_what_is_wrong(String line, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file(line + "\n"))
                .withMessageStartingWith(folder.resolve("issuers.yaml") + ": ")
                .withMessageContaining(problem)
                .withMessageNotContaining("AQAB");
    }

    @Test
    void says_that_it_is_too_large_or_gone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file("#" + "x".repeat(1 << 20)))
                .withMessageContaining("larger than");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IssuersFile.read(folder.resolve("none.yaml")))
                .withMessageContaining("cannot be read");
    }

    @Test
    void follows_its_file_and_keeps_the_last_good_version() {
        var file = file("    audience: other\n");
        var verifier = verifier(file);
        var changed = new TreeSet<String>();
        assertThat(verifier.verify(issuer.token())).isInstanceOf(Rejected.class);

        var path = write("issuers.yaml", "issuers:\n  - issuer: https://issuer.example\n");
        file.look(path, changed::addAll);
        assertThat(verifier.verify(issuer.token())).isInstanceOf(Verified.class);
        assertThat(changed).containsExactly("https://issuer.example");

        write("issuers.yaml", "issuers: [");
        file.look(path, changed::addAll);
        assertThat(verifier.verify(issuer.token())).isInstanceOf(Verified.class);

        write("issuers.yaml", "issuers: []");
        file.look(path, changed::addAll);
        assertThat(verifier.verify(issuer.token())).isInstanceOf(Rejected.class);
    }

    @Test
    void follows_the_files_that_it_names() {
        write("keys.json", jwks());
        var file = file("    jwks_file: keys.json\n");
        var verifier = verifier(file);
        assertThat(verifier.verify(issuer.token())).isInstanceOf(Verified.class);

        var next = TestKey.of("RS256", "k1", 2);
        write("keys.json", TestJson.of(Map.of("keys", List.of(next.jwk()))));
        file.look(folder.resolve("issuers.yaml"), _ -> {});

        assertThat(verifier.verify(issuer.token())).isInstanceOf(Rejected.class);
        assertThat(verifier.verify(issuer.signedBy(next))).isInstanceOf(Verified.class);
    }

    @Test
    void lets_an_issuer_be_reached_with_an_authority_of_its_own() throws IOException, NoSuchAlgorithmException {
        try (var sandbox = Sandbox.start()) {
            sandbox.authority().writePem(folder.resolve("ca.pem"));
            var configured = file("    ca_file: ca.pem\n");
            var permitted = new PermittedIssuers(Set.of(), true, false, Lifetimes.standard());
            var document = URI.create(sandbox.github().baseUri() + "/zen");

            try (var client = new IssuerClient(
                    permitted,
                    configured,
                    TestVerifiers.reputation(permitted, configured),
                    new Egress(SSLContext.getDefault(), Optional.empty()),
                    InetAddress::getAllByName)) {
                assertThat(problem(client, "https://issuer.example", document)).contains("status 4");
                assertThat(problem(client, "https://other.example", document)).contains("SSLHandshakeException");
            }
        }
    }

    @Test
    void lets_an_issuer_live_in_a_private_network() throws NoSuchAlgorithmException {
        var configured = file("    private_network: true\n");
        var permitted = new PermittedIssuers(Set.of(), false, false, Lifetimes.standard());
        var document = URI.create("https://cluster.internal:1/jwks");

        // Nothing of a private network is called: the address is this machine's, which is a refusal of its own.
        try (var client = new IssuerClient(
                permitted,
                configured,
                TestVerifiers.reputation(permitted, configured),
                new Egress(SSLContext.getDefault(), Optional.empty()),
                host -> new InetAddress[] {InetAddress.getByName("10.0.0.1"), InetAddress.getLoopbackAddress()})) {
            assertThat(problem(client, "https://issuer.example", document)).contains("address 127.0.0.1");
            assertThat(problem(client, "https://other.example", document)).contains("address 10.0.0.1");
        }
    }

    private static String problem(IssuerClient client, String issuer, URI document) {
        try {
            client.fetch(issuer, document, Deadline.in(Duration.ofSeconds(5)));
            return "none";
        } catch (IssuerException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"'',true", "'    shared: false\n',true", "'    shared: true\n',false"})
    void says_of_a_token_whether_its_issuer_is_the_operators_own(String line, boolean own) {
        assertThat(verifier(file(line)).verify(issuer.token()))
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> assertThat(verified.token().isOfConfiguredIssuer())
                                .isEqualTo(own));
        assertThat(TestVerifiers.over(issuer).verify(issuer.token()))
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> assertThat(verified.token().isOfConfiguredIssuer())
                                .isFalse());
    }
}
