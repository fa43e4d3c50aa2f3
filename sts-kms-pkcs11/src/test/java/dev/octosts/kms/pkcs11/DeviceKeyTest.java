package dev.octosts.kms.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.github.fixture.KeyServiceContract;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.sandbox.key.RsaKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SunPKCS11 against SoftHSM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceKeyTest extends KeyServiceContract {

    /** A device has a key once: put there under a second label, it loses the first one. */
    private static final KeyPair OWN = RsaKeys.make();

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final byte[] CONTENT = {1, 2, 3};

    private final Path folder;
    private int free;
    private Optional<SoftHsm> started = Optional.empty();

    DeviceKeyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void token() throws Exception {
        var hsm = SoftHsm.start("octo sts " + System.nanoTime() % 1_000_000);
        hsm.add("octo-sts", OWN);
        started = Optional.of(hsm);
    }

    private SoftHsm hsm() {
        return started.orElseThrow();
    }

    @Override
    protected KeyService service() throws SigningException {
        return service(Map.of());
    }

    @Override
    protected String add(String label, KeyPair pair) throws Exception {
        var name = label + NAMES.incrementAndGet();
        hsm().add(name, pair);
        return name;
    }

    @Override
    protected String missing() {
        return "nobody";
    }

    @Override
    protected String free() {
        return "new key " + free;
    }

    @Override
    protected Optional<String> taken() throws Exception {
        return Optional.of(add("taken", KEYS));
    }

    /** A device signs with no other key than the certificate's. */
    @Override
    protected KeyPair elliptic() {
        return RsaKeys.make("EC", 256);
    }

    @BeforeEach
    void nextName() {
        free = NAMES.incrementAndGet();
    }

    @Test
    void says_what_a_key_lacks_that_java_does_not_see() {
        assertThat(failure("nobody").advice()).contains("certificate of the same CKA_ID");
    }

    @Test
    void takes_a_key_in_that_the_device_does_not_give_away() throws Exception {
        try (var service = service();
                var key = material(OTHER_KEYS)) {
            var name = service.imports().orElseThrow().take(new KeyImport.ImportRequest(free(), key, false));

            assertThat(hsm().shown(name).toString()).contains("sensitive", "unextractable");
        }
    }

    @Test
    void replaces_no_key() {
        assertThat(refusal("octo-sts", OTHER_KEYS, true).fault()).isEqualTo(SigningFault.MISCONFIGURED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void takes_no_key_in_under_what_is_no_label(String name) {
        assertThat(refusal(name, OTHER_KEYS, false).fault()).isEqualTo(SigningFault.MISCONFIGURED);
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
        return new Pkcs11KeyServiceProvider().open(new Surroundings(variables, egress(), Clock.systemUTC()));
    }

    @Test
    void signs_with_the_key_of_a_token_that_is_found_by_its_label() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(KeyCheck.of(service.key("octo-sts")).signed()).contains((RSAPublicKey) OWN.getPublic());
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
            assertThat(KeyCheck.of(service.key("octo-sts")).signed()).contains((RSAPublicKey) OWN.getPublic());
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
    void does_not_try_a_wrong_pin_twice() throws SigningException {
        try (var service = service(Map.of("OCTOSTS_PKCS11_PIN", "999999"))) {
            var key = service.key("octo-sts");
            for (String words : new String[] {"not that of the security officer", "it is not tried again"}) {
                assertThatExceptionOfType(SigningException.class)
                        .isThrownBy(() -> key.sign(CONTENT))
                        .satisfies(failed -> {
                            assertThat(failed.fault()).isEqualTo(SigningFault.UNAUTHENTICATED);
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
                    .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.UNREACHABLE));
        }
    }

    @Test
    void tells_that_no_token_has_the_label() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> service(Map.of(Pkcs11KeyServiceProvider.TOKEN, "another")))
                .satisfies(failed -> assertThat(failed.advice()).contains("no slot has a token of the label"));
    }
}
