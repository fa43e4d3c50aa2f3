package dev.octosts.kms.vault;

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
import dev.octosts.kms.vault.fixture.VaultStandIn;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultKeyTest {

    private static final KeyPair OLD = newKeys("RSA", 2048);
    private static final KeyPair NEW = newKeys("RSA", 2048);
    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    Path folder = Path.of("");

    private final VaultStandIn vault = new VaultStandIn();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));

    @BeforeEach
    void keys() {
        vault.key("transit", "octo-sts", 1, OLD);
        vault.key("transit", "octo-sts", 2, NEW);
        vault.token("hvs.root");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private KeyService service(Map<String, String> variables) throws SigningException {
        var all = new HashMap<>(Map.of("VAULT_ADDR", vault.address()));
        all.putAll(variables);
        return new VaultKeyServiceProvider()
                .open(new Surroundings(
                        all,
                        new Egress(trust(), Optional.empty()),
                        ((InstantSource) now::get).withZone(ZoneOffset.UTC)));
    }

    private KeyService withToken() throws SigningException {
        return service(Map.of("VAULT_TOKEN", "hvs.root"));
    }

    private Map<String, String> kubernetes() throws IOException {
        var jwt = Files.writeString(folder.resolve("jwt"), "header.payload.signature\n");
        return Map.of(
                "OCTOSTS_VAULT_AUTH", "kubernetes",
                "OCTOSTS_VAULT_ROLE", "octo-sts",
                "OCTOSTS_VAULT_JWT_FILE", jwt.toString());
    }

    private static SigningException failure(KeyService service, String name) {
        try {
            KeyCheck.of(service.key(name));
            throw new AssertionError("it signs");
        } catch (SigningException failed) {
            return failed;
        }
    }

    @Test
    void signs_with_the_newest_version_or_with_the_one_of_the_name() throws SigningException {
        try (var service = withToken()) {
            assertThat(KeyCheck.of(service.key("octo-sts")).signed()).contains((RSAPublicKey) NEW.getPublic());
            assertThat(KeyCheck.of(service.key("octo-sts#1")).signed()).contains((RSAPublicKey) OLD.getPublic());
        }
    }

    @Test
    void signs_with_a_key_of_an_engine_that_is_mounted_elsewhere() throws SigningException {
        vault.key("team/keys", "app.1", 1, OLD);
        try (var service = withToken()) {
            assertThat(KeyCheck.of(service.key("team/keys/app.1")).signed()).contains((RSAPublicKey) OLD.getPublic());
        }
    }

    @Test
    void signs_jwts_that_github_accepts() throws SigningException {
        try (var sandbox = Sandbox.start();
                var service = withToken();
                var gitHub = new GitHub(
                        sandbox.github().baseUri(),
                        new Egress(sandbox.authority().clientContext(), Optional.empty()),
                        GitHub.Time.ofThisMachine(),
                        _ -> {})) {
            var app = sandbox.github().app("octo-sts");
            var publicKey = new PemKey(app.privateKey()).publicKey().orElseThrow();
            vault.key("transit", "github", 1, new KeyPair(publicKey, app.privateKey()));
            var key = new GuardedKey("vault key github", () -> service.key("github"));

            assertThat(gitHub.app(new GitHubApp(app.id(), key, sandbox.clock())))
                    .isEqualTo(new AppStatus.Known("octo-sts"));
        }
    }

    @Test
    void names_its_namespace() throws SigningException {
        try (var service = service(Map.of("BAO_TOKEN", "hvs.root", "BAO_NAMESPACE", "team/a"))) {
            service.key("octo-sts").sign(CONTENT);
        }
        assertThat(vault.requests().getLast().header("X-Vault-Namespace")).contains("team/a");
        assertThat(vault.requests().getLast().header("X-Vault-Request")).contains("true");
    }

    @Test
    void reads_the_file_of_a_token_for_each_signature() throws SigningException, IOException {
        var file = Files.writeString(folder.resolve("token"), "hvs.root\n");
        try (var service = service(Map.of("OCTOSTS_VAULT_TOKEN_FILE", file.toString()))) {
            service.key("octo-sts").sign(CONTENT);
            vault.revokeAll();
            vault.token("hvs.next");
            Files.writeString(file, "hvs.next\n");

            assertThat(service.key("octo-sts").sign(CONTENT)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"kubernetes, kubernetes", "jwt, jwt", "kubernetes, cluster-7"})
    void logs_in_with_a_jwt(String method, String mount) throws SigningException, IOException {
        var variables = new HashMap<>(kubernetes());
        variables.putAll(Map.of("OCTOSTS_VAULT_AUTH", method, "OCTOSTS_VAULT_AUTH_MOUNT", mount));
        try (var service = service(variables)) {
            service.key("octo-sts").sign(CONTENT);
            service.key("octo-sts").sign(CONTENT);
        }
        assertThat(vault.calls("auth/" + mount + "/login")).isEqualTo(1);
    }

    @Test
    void logs_in_with_a_role_and_its_secret() throws SigningException, IOException {
        var secret = Files.writeString(folder.resolve("secret-id"), "secret-id");
        try (var service = service(Map.of(
                "OCTOSTS_VAULT_AUTH", "approle",
                "OCTOSTS_VAULT_ROLE_ID", "role-id",
                "OCTOSTS_VAULT_SECRET_ID_FILE", secret.toString()))) {
            assertThat(service.key("octo-sts").sign(CONTENT)).isNotEmpty();
        }
    }

    @Test
    void renews_its_token_before_that_ends() throws SigningException, IOException {
        try (var service = service(kubernetes())) {
            var key = service.key("octo-sts");
            key.sign(CONTENT);
            now.set(now.get().plus(Duration.ofMinutes(39)));
            key.sign(CONTENT);
            assertThat(vault.calls("auth/token/renew-self")).isZero();
            now.set(now.get().plus(Duration.ofMinutes(1)));
            key.sign(CONTENT);
        }
        assertThat(vault.calls("auth/token/renew-self")).isEqualTo(1);
        assertThat(vault.calls("auth/kubernetes/login")).isEqualTo(1);
    }

    @Test
    void logs_in_again_where_a_token_cannot_be_renewed() throws SigningException, IOException {
        vault.renewable(false);
        try (var service = service(kubernetes())) {
            var key = service.key("octo-sts");
            key.sign(CONTENT);
            now.set(now.get().plus(Duration.ofMinutes(41)));
            key.sign(CONTENT);
        }
        assertThat(vault.calls("auth/token/renew-self")).isZero();
        assertThat(vault.calls("auth/kubernetes/login")).isEqualTo(2);
    }

    @Test
    void logs_in_again_after_its_token_was_revoked() throws SigningException, IOException {
        try (var service = service(kubernetes())) {
            service.key("octo-sts").sign(CONTENT);
            vault.revokeAll();

            assertThat(service.key("octo-sts").sign(CONTENT)).isNotEmpty();
        }
        assertThat(vault.calls("auth/kubernetes/login")).isEqualTo(2);
    }

    @Test
    void tells_that_a_login_is_refused() throws SigningException, IOException {
        var variables = new HashMap<>(kubernetes());
        variables.put("OCTOSTS_VAULT_ROLE", "somebody-else");
        try (var service = service(variables)) {
            var failed = failure(service, "octo-sts");
            assertThat(failed.fault()).isEqualTo(Fault.UNAUTHENTICATED);
            assertThat(failed.advice()).contains("OCTOSTS_VAULT_AUTH_MOUNT");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, UNSUITABLE",
        "403, DENIED",
        "404, NOT_FOUND",
        "429, THROTTLED",
        "473, FAILING",
        "500, FAILING",
        "503, FAILING",
        "418, MISCONFIGURED"
    })
    void tells_the_fault_by_the_status_and_nothing_else_of_the_answer(int status, Fault expected)
            throws SigningException {
        vault.fail(status);
        try (var service = withToken()) {
            var failed = failure(service, "octo-sts");

            assertThat(failed.fault()).isEqualTo(expected);
            assertThat(failed).hasMessageContaining("(HTTP-" + status + ")");
            assertThat(failed.getMessage() + failed.advice()).doesNotContain("secret-words");
        }
    }

    @Test
    void tells_that_there_is_no_such_key() throws SigningException {
        try (var service = withToken()) {
            assertThat(failure(service, "nobody").fault()).isEqualTo(Fault.NOT_FOUND);
        }
    }

    @Test
    void refuses_a_key_that_is_not_of_rsa() throws SigningException {
        vault.key("transit", "elliptic", 1, new KeyPair(newKeys("EC", 256).getPublic(), OLD.getPrivate()));
        try (var service = withToken()) {
            assertThat(failure(service, "elliptic").fault()).isEqualTo(Fault.UNSUITABLE);
        }
    }

    @Test
    void reads_a_field_of_a_secret() throws SigningException {
        try (var service = withToken()) {
            assertThat(service.secret("secret/octo-sts/webhook#current")).isEqualTo("first");
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.secret("secret/octo-sts/webhook#other"))
                    .satisfies(failed -> assertThat(failed.advice()).contains("no text in its field other"));
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.secret("secret/../sys#x"))
                    .satisfies(failed -> assertThat(failed.fault()).isEqualTo(Fault.MISCONFIGURED));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "../sys/seal", "transit/../sys", "a b", "octo-sts#0", "octo-sts#x", "/octo-sts", "a//b"})
    void refuses_what_is_no_name_of_a_key(String name) throws SigningException {
        try (var service = withToken()) {
            assertThat(failure(service, name).fault()).isEqualTo(Fault.MISCONFIGURED);
        }
        assertThat(vault.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VAULT_ADDR||VAULT_ADDR is not set",
                "VAULT_ADDR|http://vault.example.com|https://",
                "VAULT_ADDR|https://user:password@vault.example.com|https://",
                "VAULT_ADDR|not an address|VAULT_ADDR is not an address",
                "OCTOSTS_VAULT_AUTH|ldap|none of token, kubernetes, approle and jwt",
                "OCTOSTS_VAULT_AUTH|kubernetes|OCTOSTS_VAULT_ROLE is not set",
                "OCTOSTS_VAULT_AUTH|approle|OCTOSTS_VAULT_ROLE_ID is not set",
                "VAULT_TOKEN||set OCTOSTS_VAULT_AUTH to kubernetes, approle or jwt",
            })
    void tells_which_variable_is_wrong(String name, @Nullable String value, String words) {
        var variables = new HashMap<>(Map.of("VAULT_TOKEN", "hvs.root"));
        variables.put(name, Optional.ofNullable(value).orElse(""));
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> service(variables))
                .satisfies(failed -> assertThat(failed.advice()).contains(words).doesNotContain("password"));
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
