package dev.octosts.kms.akv;

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
import dev.octosts.kms.akv.fixture.AkvStandIn;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.tls.CertificateAuthority;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AkvKeyTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create();
    private static final KeyPair OLD = newKeys("RSA", 2048);
    private static final KeyPair NEW = newKeys("RSA", 2048);

    @TempDir
    Path folder = Path.of("");

    private final AkvStandIn azure = new AkvStandIn(AUTHORITY.serverContext());

    @BeforeEach
    void keys() {
        azure.key("octo-sts/", NEW);
        azure.key("octo-sts/0123", OLD);
    }

    @AfterEach
    void close() {
        azure.close();
    }

    private KeyService service(Map<String, String> changes) throws SigningException {
        var variables = new HashMap<>(Map.of(
                "AZURE_AUTHORITY_HOST", azure.address(),
                "AZURE_TENANT_ID", "tenant-1",
                "AZURE_CLIENT_ID", "client-1",
                "AZURE_CLIENT_SECRET", "secret-of-azure"));
        variables.putAll(changes);
        return new AkvKeyServiceProvider()
                .open(new Surroundings(
                        variables, new Egress(AUTHORITY.clientContext(), Optional.empty()), Clock.systemUTC()));
    }

    private String key(String nameAndVersion) {
        return azure.address() + "/keys/" + nameAndVersion;
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
    void signs_with_the_newest_version_or_with_the_one_of_the_name_after_one_login() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(KeyCheck.of(service.key(key("octo-sts"))).signed()).contains((RSAPublicKey) NEW.getPublic());
            assertThat(KeyCheck.of(service.key(key("octo-sts/0123"))).signed())
                    .contains((RSAPublicKey) OLD.getPublic());
        }
        assertThat(azure.logins())
                .singleElement()
                .asString()
                .contains("client_id=client-1", "https%3A%2F%2Fvault.azure.net%2F.default");
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
            azure.key("github/", new KeyPair(publicKey, app.privateKey()));
            var key = new GuardedKey("akv key github", () -> service.key(key("github")));

            assertThat(gitHub.app(new GitHubApp(app.id(), key, sandbox.clock())))
                    .isEqualTo(new AppStatus.Known("octo-sts"));
        }
    }

    @Test
    void uses_the_token_of_a_workload_identity() throws SigningException, IOException {
        var token = Files.writeString(folder.resolve("token"), "header.payload.signature\n");
        try (var service = service(Map.of("AZURE_CLIENT_SECRET", "", "AZURE_FEDERATED_TOKEN_FILE", token.toString()))) {
            assertThat(service.key(key("octo-sts")).sign(new byte[] {1})).isNotEmpty();
        }
        assertThat(azure.logins()).singleElement().asString().contains("client_assertion=header.payload.signature");
    }

    @ParameterizedTest
    @CsvSource({
        "400, BadParameter, , UNSUITABLE, BadParameter",
        "401, Unauthorized, , UNAUTHENTICATED, Unauthorized",
        "403, Forbidden, ForbiddenByPolicy, DENIED, ForbiddenByPolicy",
        "403, Forbidden, KeyDisabled, DISABLED, KeyDisabled",
        "403, Forbidden, KeyOperationForbidden, UNSUITABLE, KeyOperationForbidden",
        "404, KeyNotFound, , NOT_FOUND, KeyNotFound",
        "409, Conflict, ObjectIsBeingDeleted, DISABLED, ObjectIsBeingDeleted",
        "429, Throttled, , THROTTLED, Throttled",
        "500, InternalServerError, , FAILING, InternalServerError",
        "503, ServiceUnavailable, , FAILING, ServiceUnavailable"
    })
    void tells_the_fault_by_its_code_and_nothing_else_of_the_answer(
            int status, String code, @Nullable String inner, Fault expected, String shown) {
        azure.fail(status, code, Optional.ofNullable(inner).orElse(""));

        var failed = failure(key("octo-sts"));

        assertThat(failed.fault()).isEqualTo(expected);
        assertThat(failed).hasMessageContaining("(" + shown + ")");
        var everything = new StringWriter();
        failed.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("secret-caller");
    }

    @Test
    void tells_that_a_login_is_refused() {
        azure.refuseLogins();

        var failed = failure(key("octo-sts"));

        assertThat(failed.fault()).isEqualTo(Fault.UNAUTHENTICATED);
        assertThat(failed).hasMessageContaining("(invalid_client)").hasMessageNotContaining("AADSTS");
    }

    @Test
    void tells_that_nobody_listens() {
        azure.close();

        assertThat(failure(key("octo-sts")).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void refuses_a_key_that_is_not_of_rsa() {
        azure.key("elliptic/", new KeyPair(newKeys("EC", 256).getPublic(), OLD.getPrivate()));

        assertThat(failure(key("elliptic")).fault()).isEqualTo(Fault.UNSUITABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "octo-sts",
                "http://v.vault.azure.net/keys/a",
                "https://v.vault.azure.net/secrets/a",
                "https://v.vault.azure.net.example.com/keys/a",
                "https://user@v.vault.azure.net/keys/a",
                "https://example.com/keys/a"
            })
    void sends_its_token_to_vaults_alone(String name) {
        assertThat(failure(name).fault()).isEqualTo(Fault.MISCONFIGURED);
        assertThat(azure.requests()).isEmpty();
    }

    @Test
    void reads_a_secret() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(service.secret(azure.address() + "/secrets/webhook")).isEqualTo("secret-text");
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.secret("https://example.com/secrets/webhook"))
                    .satisfies(failed -> assertThat(failed.fault()).isEqualTo(Fault.MISCONFIGURED));
        }
    }

    @Test
    void tells_which_variable_is_missing() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> service(Map.of("AZURE_TENANT_ID", "")))
                .satisfies(failed -> assertThat(failed.advice()).contains("AZURE_TENANT_ID is not set"));
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
