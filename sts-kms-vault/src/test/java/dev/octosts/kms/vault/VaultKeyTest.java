package dev.octosts.kms.vault;

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
import dev.octosts.kms.vault.fixture.VaultStandIn;
import dev.octosts.sandbox.http.Request;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultKeyTest extends HttpKeyServiceContract {

    private static final byte[] CONTENT = {1, 2, 3};

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final VaultStandIn vault = new VaultStandIn();

    @BeforeEach
    void keys() {
        vault.key("transit", "octo-sts", 1, KEYS);
        vault.key("transit", "octo-sts", 2, OTHER_KEYS);
        vault.token("hvs.root");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Override
    protected KeyService service() throws SigningException {
        return withToken();
    }

    @Override
    protected String add(String label, KeyPair pair) {
        vault.key("transit", label, 1, pair);
        return label;
    }

    @Override
    protected String missing() {
        return "nobody";
    }

    @Override
    protected String free() {
        return "new-key";
    }

    @Override
    protected Optional<String> taken() {
        return Optional.of(add("taken", KEYS));
    }

    @Override
    protected void fail(Refusal refusal) {
        vault.fail(refusal.status());
    }

    @Override
    protected void hidePublicKeys() {
        vault.hidePublicKeys();
    }

    @Override
    protected void fallSilent() {
        vault.fallSilent();
    }

    @Override
    protected void stop() {
        vault.close();
    }

    @Override
    protected List<Request> requests() {
        return vault.requests();
    }

    @Override
    protected List<String> secrets() {
        return List.of("secret-words", "hvs.root");
    }

    private static Refusal status(int status, SigningFault expected) {
        return new Refusal(status, "", "", expected, "HTTP-" + status);
    }

    static Stream<Refusal> refusals() {
        return Stream.of(
                status(400, SigningFault.UNSUITABLE),
                status(403, SigningFault.DENIED),
                status(404, SigningFault.NOT_FOUND),
                status(429, SigningFault.THROTTLED),
                status(473, SigningFault.FAILING),
                status(500, SigningFault.FAILING),
                status(503, SigningFault.FAILING),
                status(418, SigningFault.MISCONFIGURED));
    }

    static Stream<String> badNames() {
        return Stream.of("", "../sys/seal", "transit/../sys", "a b", "octo-sts#0", "octo-sts#x", "/octo-sts", "a//b");
    }

    static Stream<String> badImportNames() {
        return Stream.concat(badNames(), Stream.of("octo-sts#1"));
    }

    @Test
    void takes_a_key_into_an_engine_that_is_mounted_elsewhere() throws SigningException {
        try (var service = service();
                var key = material(OTHER_KEYS)) {
            var name = service.imports().orElseThrow().take(new KeyImport.ImportRequest("team/keys/app.2", key, false));

            assertThat(KeyCheck.of(service.key(name)).signed()).contains((RSAPublicKey) OTHER_KEYS.getPublic());
        }
        assertThat(vault.calls("team/keys/wrapping_key")).isEqualTo(1);
        assertThatNoRequestHas(OTHER_KEYS.getPrivate());
    }

    private KeyService service(Map<String, String> variables) throws SigningException {
        return service(vault, Clock.fixed(NOW, ZoneOffset.UTC), variables);
    }

    static KeyService service(VaultStandIn vault, Clock clock, Map<String, String> variables) throws SigningException {
        var all = new HashMap<>(Map.of("VAULT_ADDR", vault.address()));
        all.putAll(variables);
        return new VaultKeyServiceProvider().open(new Surroundings(all, egress(), clock));
    }

    private KeyService withToken() throws SigningException {
        return service(Map.of("VAULT_TOKEN", "hvs.root"));
    }

    @Test
    void signs_with_the_newest_version_or_with_the_one_of_the_name() throws SigningException {
        try (var service = withToken()) {
            assertThat(KeyCheck.of(service.key("octo-sts")).signed()).contains((RSAPublicKey) OTHER_KEYS.getPublic());
            assertThat(KeyCheck.of(service.key("octo-sts#1")).signed()).contains((RSAPublicKey) KEYS.getPublic());
        }
    }

    @Test
    void signs_with_a_key_of_an_engine_that_is_mounted_elsewhere() throws SigningException {
        vault.key("team/keys", "app.1", 1, KEYS);
        try (var service = withToken()) {
            assertThat(KeyCheck.of(service.key("team/keys/app.1")).signed()).contains((RSAPublicKey) KEYS.getPublic());
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
    void reads_a_field_of_a_secret() throws SigningException {
        try (var service = withToken()) {
            assertThat(service.secret("secret/octo-sts/webhook#current")).isEqualTo("first");
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.secret("secret/octo-sts/webhook#other"))
                    .satisfies(failed -> assertThat(failed.advice()).contains("no text in its field other"));
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.secret("secret/../sys#x"))
                    .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.MISCONFIGURED));
        }
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
}
