package dev.octosts.kms.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.github.fixture.HttpKeyServiceContract;
import dev.octosts.github.fixture.Refusal;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.kms.gcp.fixture.GcpStandIn;
import dev.octosts.sandbox.http.Request;
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

class GcpKeyTest extends HttpKeyServiceContract {

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

    @Override
    protected KeyService service() throws SigningException {
        return service(Map.of());
    }

    @Override
    protected String add(String label, KeyPair pair) {
        var name = RING + label + "/cryptoKeyVersions/7";
        gcp.key(name, pair, ALGORITHM);
        return name;
    }

    @Override
    protected String missing() {
        return RING + "nobody/cryptoKeyVersions/1";
    }

    @Override
    protected String free() {
        return RING + "new-key";
    }

    /** Each import is a version of its own. */
    @Override
    protected Optional<String> taken() {
        return Optional.empty();
    }

    @Override
    protected void fail(Refusal refusal) {
        gcp.fail(refusal.status(), refusal.code());
    }

    @Override
    protected void hidePublicKeys() {
        gcp.hidePublicKeys();
    }

    @Override
    protected void fallSilent() {
        gcp.fallSilent();
    }

    @Override
    protected void stop() {
        gcp.close();
    }

    @Override
    protected List<Request> requests() {
        return gcp.requests();
    }

    @Override
    protected List<String> secrets() {
        return List.of("secret-project", "ya29.token");
    }

    static Stream<Refusal> refusals() {
        return Stream.of(
                Refusal.of(401, "UNAUTHENTICATED", SigningFault.UNAUTHENTICATED),
                Refusal.of(403, "PERMISSION_DENIED", SigningFault.DENIED),
                Refusal.of(404, "NOT_FOUND", SigningFault.NOT_FOUND),
                Refusal.of(400, "FAILED_PRECONDITION", SigningFault.DISABLED),
                Refusal.of(400, "INVALID_ARGUMENT", SigningFault.UNSUITABLE),
                Refusal.of(429, "RESOURCE_EXHAUSTED", SigningFault.THROTTLED),
                Refusal.of(503, "UNAVAILABLE", SigningFault.FAILING),
                Refusal.of(500, "INTERNAL", SigningFault.FAILING),
                Refusal.of(403, "UNHEARD_OF", SigningFault.DENIED),
                Refusal.of(500, "UNHEARD_OF", SigningFault.FAILING));
    }

    static Stream<String> badNames() {
        return Stream.of("octo-sts", RING + "octo-sts", NAME + "/x", NAME + "?x", "../" + NAME);
    }

    static Stream<String> badImportNames() {
        return Stream.of("octo-sts", NAME, RING + "octo-sts?x", RING + "a b", "../" + RING + "octo-sts");
    }

    @Test
    void makes_a_key_for_imports_alone_and_each_import_a_version_of_it() throws SigningException {
        try (var service = service();
                var first = material(KEYS);
                var second = material(OTHER_KEYS)) {
            var imports = service.imports().orElseThrow();
            assertThat(imports.take(new KeyImport.ImportRequest(free(), first, false)))
                    .isEqualTo(free() + "/cryptoKeyVersions/1");
            assertThat(imports.take(new KeyImport.ImportRequest(free(), second, false)))
                    .isEqualTo(free() + "/cryptoKeyVersions/2");
        }
        assertThatNoRequestHas(OTHER_KEYS.getPrivate());
    }

    private KeyService service(Map<String, String> changes) throws SigningException {
        var variables = new HashMap<>(Map.of(
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS", gcp.address(),
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER", gcp.address(),
                "GOOGLE_APPLICATION_CREDENTIALS", serviceAccount().toString()));
        variables.putAll(changes);
        return new GcpKeyServiceProvider().open(new Surroundings(variables, egress(), Clock.systemUTC()));
    }

    private Path serviceAccount() {
        return gcp.serviceAccount(folder.resolve("account.json"), KEYS.getPrivate());
    }

    @Test
    void logs_in_once_for_several_calls() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(KeyCheck.of(service.key(NAME)).signed()).contains((RSAPublicKey) KEYS.getPublic());
        }
        assertThat(gcp.requests())
                .extracting(request -> request.path())
                .filteredOn("/token"::equals)
                .hasSize(1);
    }

    @Test
    void tells_that_a_login_is_refused() {
        gcp.refuseLogins();

        assertThat(failure(NAME).fault()).isEqualTo(SigningFault.UNAUTHENTICATED);
    }

    @Test
    void refuses_a_key_for_something_else() {
        gcp.key(NAME, KEYS, "RSA_SIGN_PSS_2048_SHA256");

        assertThat(failure(NAME))
                .hasMessageContaining("(RSA_SIGN_PSS_2048_SHA256)")
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.UNSUITABLE));
    }

    @Test
    void reads_a_version_of_a_secret() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(service.secret("projects/p/secrets/webhook/versions/latest"))
                    .isEqualTo("secret-text");
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.secret("webhook"))
                    .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.MISCONFIGURED));
        }
    }

    @Test
    void tells_that_the_file_of_its_identity_is_none() throws IOException {
        var file = Files.writeString(folder.resolve("broken.json"), "{\"type\": \"secret-type\"}");

        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> service(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString())))
                .satisfies(failed -> {
                    assertThat(failed.fault()).isEqualTo(SigningFault.UNAUTHENTICATED);
                    assertThat(failed.advice())
                            .contains("GOOGLE_APPLICATION_CREDENTIALS")
                            .doesNotContain("secret-type");
                });
    }

    @Test
    void sends_its_token_to_no_address_without_tls() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> service(Map.of("CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS", "http://kms.example.com")))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.MISCONFIGURED));
    }
}
