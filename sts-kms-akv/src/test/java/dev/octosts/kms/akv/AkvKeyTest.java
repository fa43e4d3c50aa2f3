package dev.octosts.kms.akv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.api.Egress;
import dev.octosts.github.fixture.HttpKeyServiceContract;
import dev.octosts.github.fixture.Refusal;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.kms.akv.fixture.AkvStandIn;
import dev.octosts.sandbox.http.Request;
import dev.octosts.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AkvKeyTest extends HttpKeyServiceContract {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create();

    @TempDir
    Path folder = Path.of("");

    private final AkvStandIn azure = new AkvStandIn(AUTHORITY.serverContext());

    @BeforeEach
    void keys() {
        azure.key("octo-sts/", OTHER_KEYS);
        azure.key("octo-sts/0123", KEYS);
    }

    @AfterEach
    void close() {
        azure.close();
    }

    @Override
    protected KeyService service() throws SigningException {
        return service(Map.of());
    }

    @Override
    protected String add(String label, KeyPair pair) {
        azure.key(label + "/", pair);
        return key(label);
    }

    @Override
    protected String missing() {
        return key("nobody");
    }

    @Override
    protected String free() {
        return key("new-key");
    }

    @Override
    protected Optional<String> taken() {
        return Optional.of(add("taken", KEYS));
    }

    @Override
    protected void fail(Refusal refusal) {
        azure.fail(refusal.status(), refusal.code(), refusal.inner());
    }

    @Override
    protected void hidePublicKeys() {
        azure.hidePublicKeys();
    }

    @Override
    protected void fallSilent() {
        azure.fallSilent();
    }

    @Override
    protected void stop() {
        azure.close();
    }

    @Override
    protected List<Request> requests() {
        return azure.requests();
    }

    @Override
    protected List<String> secrets() {
        return List.of("secret-caller", "secret-of-azure", "entra.token");
    }

    static Stream<Refusal> refusals() {
        return Stream.of(
                Refusal.of(400, "BadParameter", SigningFault.UNSUITABLE),
                Refusal.of(401, "Unauthorized", SigningFault.UNAUTHENTICATED),
                new Refusal(403, "Forbidden", "ForbiddenByPolicy", SigningFault.DENIED, "ForbiddenByPolicy"),
                new Refusal(403, "Forbidden", "KeyDisabled", SigningFault.DISABLED, "KeyDisabled"),
                new Refusal(
                        403, "Forbidden", "KeyOperationForbidden", SigningFault.UNSUITABLE, "KeyOperationForbidden"),
                Refusal.of(404, "KeyNotFound", SigningFault.NOT_FOUND),
                new Refusal(409, "Conflict", "ObjectIsBeingDeleted", SigningFault.DISABLED, "ObjectIsBeingDeleted"),
                Refusal.of(429, "Throttled", SigningFault.THROTTLED),
                Refusal.of(500, "InternalServerError", SigningFault.FAILING),
                Refusal.of(503, "ServiceUnavailable", SigningFault.FAILING));
    }

    /** A token of this service goes to vaults alone. */
    static Stream<String> badNames() {
        return Stream.of(
                "octo-sts",
                "http://v.vault.azure.net/keys/a",
                "https://v.vault.azure.net/secrets/a",
                "https://v.vault.azure.net.example.com/keys/a",
                "https://user@v.vault.azure.net/keys/a",
                "https://example.com/keys/a");
    }

    static Stream<String> badImportNames() {
        return Stream.concat(badNames(), Stream.of("https://v.vault.azure.net/keys/a/0123"));
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

    @Test
    void signs_with_the_newest_version_or_with_the_one_of_the_name_after_one_login() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(KeyCheck.of(service.key(key("octo-sts"))).signed())
                    .contains((RSAPublicKey) OTHER_KEYS.getPublic());
            assertThat(KeyCheck.of(service.key(key("octo-sts/0123"))).signed())
                    .contains((RSAPublicKey) KEYS.getPublic());
        }
        assertThat(azure.logins())
                .singleElement()
                .asString()
                .contains("client_id=client-1", "https%3A%2F%2Fvault.azure.net%2F.default");
    }

    @Test
    void uses_the_token_of_a_workload_identity() throws SigningException, IOException {
        var token = Files.writeString(folder.resolve("token"), "header.payload.signature\n");
        try (var service = service(Map.of("AZURE_CLIENT_SECRET", "", "AZURE_FEDERATED_TOKEN_FILE", token.toString()))) {
            assertThat(service.key(key("octo-sts")).sign(new byte[] {1})).isNotEmpty();
        }
        assertThat(azure.logins()).singleElement().asString().contains("client_assertion=header.payload.signature");
    }

    @Test
    void tells_that_a_login_is_refused() {
        azure.refuseLogins();

        var failed = failure(key("octo-sts"));

        assertThat(failed.fault()).isEqualTo(SigningFault.UNAUTHENTICATED);
        assertThat(failed).hasMessageContaining("(invalid_client)").hasMessageNotContaining("AADSTS");
    }

    @Test
    void reads_a_secret() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(service.secret(azure.address() + "/secrets/webhook")).isEqualTo("secret-text");
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.secret("https://example.com/secrets/webhook"))
                    .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.MISCONFIGURED));
        }
    }

    @Test
    void tells_which_variable_is_missing() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> service(Map.of("AZURE_TENANT_ID", "")))
                .satisfies(failed -> assertThat(failed.advice()).contains("AZURE_TENANT_ID is not set"));
    }
}
