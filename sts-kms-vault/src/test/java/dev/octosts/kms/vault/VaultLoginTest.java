package dev.octosts.kms.vault;

import static dev.octosts.kms.vault.VaultKeyTest.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.kms.vault.fixture.VaultStandIn;
import dev.octosts.sandbox.key.RsaKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the service gets a token of Vault, and keeps one. */
class VaultLoginTest {

    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    Path folder = Path.of("");

    private final VaultStandIn vault = new VaultStandIn();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

    @BeforeEach
    void keys() {
        vault.key("transit", "octo-sts", 1, RsaKeys.make());
        vault.token("hvs.root");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private KeyService service(Map<String, String> variables) throws SigningException {
        return VaultKeyTest.service(vault, ((InstantSource) now::get).withZone(ZoneOffset.UTC), variables);
    }

    private static SigningException failure(KeyService service, String name) {
        try {
            KeyCheck.of(service.key(name));
            throw new AssertionError("it signs");
        } catch (SigningException failed) {
            return failed;
        }
    }

    private Map<String, String> kubernetes() throws IOException {
        var jwt = Files.writeString(folder.resolve("jwt"), "header.payload.signature\n");
        return Map.of(
                "OCTOSTS_VAULT_AUTH", "kubernetes",
                "OCTOSTS_VAULT_ROLE", "octo-sts",
                "OCTOSTS_VAULT_JWT_FILE", jwt.toString());
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
            assertThat(failed.fault()).isEqualTo(SigningFault.UNAUTHENTICATED);
            assertThat(failed.advice()).contains("OCTOSTS_VAULT_AUTH_MOUNT");
        }
    }
}
