package dev.octosts.kms.pkcs11;

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
import dev.octosts.sandbox.Sandbox;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** SunPKCS11 against SoftHSM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceKeyTest {

    private static final KeyPair KEYS = newKeys();
    private static final byte[] CONTENT = {1, 2, 3};

    private final Path folder;
    private Optional<SoftHsm> started = Optional.empty();

    DeviceKeyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void token() throws Exception {
        var hsm = SoftHsm.start("octo sts " + System.nanoTime() % 1_000_000);
        hsm.add("octo-sts", KEYS);
        started = Optional.of(hsm);
    }

    private SoftHsm hsm() {
        return started.orElseThrow();
    }

    private KeyService service(Map<String, String> changes) throws SigningException {
        var variables = new HashMap<>(Map.of(
                Pkcs11KeyServiceProvider.MODULE,
                hsm().module().toString(),
                Pkcs11KeyServiceProvider.TOKEN,
                hsm().label(),
                "OCTOSTS_PKCS11_PIN",
                SoftHsm.PIN));
        variables.putAll(changes);
        return new Pkcs11KeyServiceProvider()
                .open(new Surroundings(variables, new Egress(trust(), Optional.empty()), Clock.systemUTC()));
    }

    @Test
    void signs_with_the_key_of_a_token_that_is_found_by_its_label() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(KeyCheck.of(service.key("octo-sts")).signed()).contains((RSAPublicKey) KEYS.getPublic());
        }
    }

    @Test
    void signs_with_the_key_of_a_slot_and_the_pin_of_a_file() throws Exception {
        var pin = Files.writeString(folder.resolve("pin"), SoftHsm.PIN + "\n");
        try (var service = service(Map.of(
                Pkcs11KeyServiceProvider.TOKEN,
                "",
                Pkcs11KeyServiceProvider.SLOT,
                Long.toString(hsm().slot()),
                "OCTOSTS_PKCS11_PIN_FILE",
                pin.toString()))) {
            assertThat(KeyCheck.of(service.key("octo-sts")).signed()).contains((RSAPublicKey) KEYS.getPublic());
        }
    }

    @Test
    void signs_jwts_that_github_accepts() throws Exception {
        try (var sandbox = Sandbox.start();
                var service = service(Map.of());
                var gitHub = new GitHub(
                        sandbox.github().baseUri(),
                        new Egress(sandbox.authority().clientContext(), Optional.empty()),
                        GitHub.Time.ofThisMachine(),
                        _ -> {})) {
            var app = sandbox.github().app("octo-sts");
            var publicKey = new PemKey(app.privateKey()).publicKey().orElseThrow();
            hsm().add("github", new KeyPair(publicKey, app.privateKey()));
            var key = new GuardedKey("pkcs11 key github", () -> service.key("github"));

            assertThat(gitHub.app(new GitHubApp(app.id(), key, sandbox.clock())))
                    .isEqualTo(new AppStatus.Known("octo-sts"));
        }
    }

    @Test
    void opens_the_token_again_after_it_was_closed() throws SigningException {
        var service = service(Map.of());
        var key = service.key("octo-sts");
        key.sign(CONTENT);
        service.close();

        assertThat(key.sign(CONTENT)).isNotEmpty();
    }

    @Test
    void tells_that_there_is_no_such_key() throws SigningException {
        try (var service = service(Map.of())) {
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.key("nobody").sign(CONTENT))
                    .satisfies(failed -> {
                        assertThat(failed.fault()).isEqualTo(Fault.NOT_FOUND);
                        assertThat(failed.advice()).contains("certificate of the same CKA_ID");
                    });
        }
    }

    @Test
    void does_not_try_a_wrong_pin_twice() throws SigningException {
        try (var service = service(Map.of("OCTOSTS_PKCS11_PIN", "999999"))) {
            var key = service.key("octo-sts");
            for (String words : new String[] {"not that of the security officer", "it is not tried again"}) {
                assertThatExceptionOfType(SigningException.class)
                        .isThrownBy(() -> key.sign(CONTENT))
                        .satisfies(failed -> {
                            assertThat(failed.fault()).isEqualTo(Fault.UNAUTHENTICATED);
                            assertThat(failed.code()).isEqualTo("CKR_PIN_INCORRECT");
                            assertThat(failed.advice()).contains(words).doesNotContain("999999");
                        });
            }
        }
    }

    @Test
    void tells_that_a_slot_is_empty() throws SigningException {
        try (var service =
                service(Map.of(Pkcs11KeyServiceProvider.TOKEN, "", Pkcs11KeyServiceProvider.SLOT, "123456789012"))) {
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.key("octo-sts").sign(CONTENT))
                    .satisfies(failed -> assertThat(failed.fault()).isEqualTo(Fault.UNREACHABLE));
        }
    }

    @Test
    void tells_that_no_token_has_the_label() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> service(Map.of(Pkcs11KeyServiceProvider.TOKEN, "another")))
                .satisfies(failed -> assertThat(failed.advice()).contains("no slot has a token of the label"));
    }

    private static SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
