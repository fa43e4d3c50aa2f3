package dev.octosts.kms.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.api.Egress;
import dev.octosts.github.AppStatus;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.key.GuardedKey;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.Fault;
import dev.octosts.kms.gcp.fixture.GcpStandIn;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcpKeyTest {

    private static final KeyPair KEYS = newKeys("RSA", 2048);
    private static final String RING = "projects/p/locations/europe-west3/keyRings/octo/cryptoKeys/";
    private static final String NAME = RING + "octo-sts/cryptoKeyVersions/1";
    private static final String ALGORITHM = "RSA_SIGN_PKCS1_2048_SHA256";

    @TempDir
    Path folder = Path.of("");

    private final GcpStandIn gcp = new GcpStandIn();

    @BeforeEach
    void keys() {
        gcp.key(NAME, KEYS, ALGORITHM);
    }

    @AfterEach
    void close() {
        gcp.close();
    }

    private KeyService service(Map<String, String> changes) throws SigningException {
        var variables = new HashMap<>(Map.of(
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS", gcp.address(),
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER", gcp.address(),
                "GOOGLE_APPLICATION_CREDENTIALS", serviceAccount().toString()));
        variables.putAll(changes);
        return new GcpKeyServiceProvider()
                .open(new Surroundings(variables, new Egress(trust(), Optional.empty()), Clock.systemUTC()));
    }

    private Path serviceAccount() {
        return gcp.serviceAccount(folder.resolve("account.json"), KEYS.getPrivate());
    }

    private SigningException failure(String name) {
        try (var service = service(Map.of())) {
            KeyCheck.of(service.key(name));
            throw new AssertionError("it signs");
        } catch (SigningException failed) {
            return failed;
        }
    }

    @Test
    void signs_what_its_public_key_verifies_with_one_login() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(KeyCheck.of(service.key(NAME)).signed()).contains((RSAPublicKey) KEYS.getPublic());
        }
        assertThat(gcp.requests())
                .extracting(request -> request.path())
                .filteredOn("/token"::equals)
                .hasSize(1);
    }

    @Test
    void signs_jwts_that_github_accepts() throws SigningException {
        try (var sandbox = Sandbox.start();
                var service = service(Map.of());
                var gitHub = new GitHub(
                        sandbox.github().baseUri(),
                        new Egress(sandbox.authority().clientContext(), Optional.empty()),
                        GitHub.Time.ofThisMachine(),
                        _ -> {})) {
            var app = sandbox.github().app("octo-sts");
            var publicKey = new PemKey(app.privateKey()).publicKey().orElseThrow();
            var name = RING + "github/cryptoKeyVersions/7";
            gcp.key(name, new KeyPair(publicKey, app.privateKey()), ALGORITHM);
            var key = new GuardedKey("gcp key " + name, () -> service.key(name));

            assertThat(gitHub.app(new GitHubApp(app.id(), key, sandbox.clock())))
                    .isEqualTo(new AppStatus.Known("octo-sts"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHENTICATED, UNAUTHENTICATED",
        "403, PERMISSION_DENIED, DENIED",
        "404, NOT_FOUND, NOT_FOUND",
        "400, FAILED_PRECONDITION, DISABLED",
        "400, INVALID_ARGUMENT, UNSUITABLE",
        "429, RESOURCE_EXHAUSTED, THROTTLED",
        "503, UNAVAILABLE, FAILING",
        "500, INTERNAL, FAILING",
        "403, UNHEARD_OF, DENIED",
        "500, UNHEARD_OF, FAILING"
    })
    void tells_the_fault_by_its_code_and_nothing_else_of_the_answer(int status, String code, Fault expected) {
        gcp.fail(status, code);

        var failed = failure(NAME);

        assertThat(failed.fault()).isEqualTo(expected);
        assertThat(failed).hasMessageContaining("(" + code + ")");
        var everything = new StringWriter();
        failed.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("secret-project");
    }

    @Test
    void tells_that_a_login_is_refused() {
        gcp.refuseLogins();

        assertThat(failure(NAME).fault()).isEqualTo(Fault.UNAUTHENTICATED);
    }

    @Test
    void tells_that_nobody_listens() {
        gcp.close();

        assertThat(failure(NAME).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void refuses_a_key_for_something_else() {
        gcp.key(NAME, KEYS, "RSA_SIGN_PSS_2048_SHA256");

        assertThat(failure(NAME))
                .hasMessageContaining("(RSA_SIGN_PSS_2048_SHA256)")
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(Fault.UNSUITABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"octo-sts", RING + "octo-sts", NAME + "/x", NAME + "?x", "../" + NAME})
    void refuses_what_is_no_version_of_a_key(String name) {
        assertThat(failure(name).fault()).isEqualTo(Fault.MISCONFIGURED);
        assertThat(gcp.requests()).isEmpty();
    }

    @Test
    void reads_a_version_of_a_secret() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(service.secret("projects/p/secrets/webhook/versions/latest"))
                    .isEqualTo("secret-text");
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.secret("webhook"))
                    .satisfies(failed -> assertThat(failed.fault()).isEqualTo(Fault.MISCONFIGURED));
        }
    }

    @Test
    void tells_that_the_file_of_its_identity_is_none() throws IOException {
        var file = Files.writeString(folder.resolve("broken.json"), "{\"type\": \"secret-type\"}");

        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> service(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString())))
                .satisfies(failed -> {
                    assertThat(failed.fault()).isEqualTo(Fault.UNAUTHENTICATED);
                    assertThat(failed.advice())
                            .contains("GOOGLE_APPLICATION_CREDENTIALS")
                            .doesNotContain("secret-type");
                });
    }

    @Test
    void sends_its_token_to_no_address_without_tls() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> service(Map.of("CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS", "http://kms.example.com")))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(Fault.MISCONFIGURED));
    }

    private static SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair newKeys(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
