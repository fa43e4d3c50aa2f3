package dev.octosts.kms.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.api.Egress;
import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs no device. */
class Pkcs11SettingsTest {

    @TempDir
    Path folder = Path.of("");

    private SigningException refusal(Map<String, String> changes) throws IOException {
        var module = Files.writeString(folder.resolve("library.so"), "no library");
        var variables = new HashMap<>(Map.of(
                "OCTOSTS_PKCS11_MODULE", module.toString(), "OCTOSTS_PKCS11_SLOT", "0", "OCTOSTS_PKCS11_PIN", "1234"));
        variables.putAll(changes);
        try (var service = new Pkcs11KeyServiceProvider()
                .open(new Surroundings(variables, new Egress(trust(), Optional.empty()), Clock.systemUTC()))) {
            service.key("octo-sts").sign(new byte[] {1});
            throw new AssertionError("it signs");
        } catch (SigningException refused) {
            return refused;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OCTOSTS_PKCS11_MODULE||OCTOSTS_PKCS11_MODULE is not set",
                "OCTOSTS_PKCS11_MODULE|/nonexistent/library.so|/nonexistent/library.so, which cannot be read",
                "OCTOSTS_PKCS11_SLOT||give OCTOSTS_PKCS11_SLOT, the number of a slot, or OCTOSTS_PKCS11_TOKEN",
                "OCTOSTS_PKCS11_SLOT|one|OCTOSTS_PKCS11_SLOT is not the number of a slot",
                "OCTOSTS_PKCS11_TOKEN|label|give OCTOSTS_PKCS11_SLOT, the number of a slot, or OCTOSTS_PKCS11_TOKEN",
                "OCTOSTS_PKCS11_PIN||OCTOSTS_PKCS11_PIN_FILE is not set",
                "OCTOSTS_PKCS11_PIN_FILE|/nonexistent/pin|the file /nonexistent/pin of the PIN cannot be read",
            })
    void tells_which_variable_is_wrong(String name, @Nullable String value, String words) throws IOException {
        var refused = refusal(Map.of(name, Optional.ofNullable(value).orElse("")));

        assertThat(refused.fault()).isEqualTo(SigningFault.MISCONFIGURED);
        assertThat(refused.advice()).contains(words);
    }

    @Test
    void tells_that_a_file_is_no_library() throws IOException {
        assertThat(refusal(Map.of()).fault()).isEqualTo(SigningFault.UNREACHABLE);
        assertThat(refusal(Map.of("OCTOSTS_PKCS11_SLOT", "", "OCTOSTS_PKCS11_TOKEN", "octo"))
                        .advice())
                .contains("which is no library of PKCS#11");
    }

    @Test
    void shows_no_pin() {
        assertThat(new Pin(Optional.empty(), "1234")).hasToString("Pin[***]");
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() ->
                        Pin.read(new Surroundings(Map.of(), new Egress(trust(), Optional.empty()), Clock.systemUTC())));
    }

    private static SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
