package dev.octosts.app.settings;

import static dev.octosts.app.settings.TestSettings.KEY;
import static dev.octosts.app.settings.TestSettings.faults;
import static dev.octosts.app.settings.TestSettings.sound;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the App's private key comes from. */
class AppKeySettingsTest {

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "APP_SECRET_CERTIFICATE_FILE, APP_SECRET_CERTIFICATE_FILE and APP_SECRET_CERTIFICATE_ENV_VAR",
        "KMS_KEYS, KMS_KEYS and APP_SECRET_CERTIFICATE_ENV_VAR"
    })
    void refuses_several_sources_of_the_key(String other, String named) {
        assertThat(faults(Map.of(other, "some/key")))
                .singleElement()
                .hasToString(named + ": set together; only one of KMS_KEYS, APP_SECRET_CERTIFICATE_FILE,"
                        + " APP_SECRET_CERTIFICATE_ENV_VAR may be set");
    }

    @Test
    void refuses_no_key_at_all() {
        assertThat(faults(Map.of("APP_SECRET_CERTIFICATE_ENV_VAR", "")))
                .singleElement()
                .asString()
                .contains("APP_SECRET_CERTIFICATE_FILE: not set");
    }

    @Test
    void reads_the_key_from_a_file() throws IOException {
        var file = Files.writeString(folder.resolve("key.pem"), TestKeys.pkcs1(TestKeys.RSA));

        var settings =
                sound(Map.of("APP_SECRET_CERTIFICATE_ENV_VAR", "", "APP_SECRET_CERTIFICATE_FILE", file.toString()));

        assertThat(settings.exchange().gitHub().apps())
                .extracting(app -> app.keys().getFirst().publicKey())
                .containsExactly(Optional.of((RSAPublicKey) TestKeys.RSA.getPublic()));
    }

    @Test
    void reads_the_next_key_before_the_present_one() throws IOException {
        var present = Files.writeString(folder.resolve("key.pem"), TestKeys.pkcs1(TestKeys.RSA));
        var next = Files.writeString(folder.resolve("next.pem"), TestKeys.pkcs1(TestKeys.RSA));

        var settings = sound(Map.of(
                "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                "APP_SECRET_CERTIFICATE_FILE", present.toString(),
                "APP_SECRET_CERTIFICATE_FILE_NEXT", next.toString()));

        assertThat(settings.exchange().gitHub().apps().getFirst().keys())
                .extracting(key -> key.name())
                .containsExactly("the key in " + next, "the key in " + present);
    }

    @Test
    void refuses_a_next_key_without_the_present_one() {
        assertThat(faults(Map.of("APP_SECRET_CERTIFICATE_FILE_NEXT", "/some/key.pem")))
                .singleElement()
                .hasToString("APP_SECRET_CERTIFICATE_FILE_NEXT: set without APP_SECRET_CERTIFICATE_FILE, which is the"
                        + " present one; set both or that one");
    }

    @Test
    void names_the_file_of_a_broken_key_and_shows_nothing_of_it() throws IOException {
        var file = Files.writeString(folder.resolve("broken.pem"), KEY.replace("-----END", "-----XEND"));

        assertThat(faults(Map.of("APP_SECRET_CERTIFICATE_ENV_VAR", "", "APP_SECRET_CERTIFICATE_FILE", file.toString())))
                .singleElement()
                .asString()
                .contains("APP_SECRET_CERTIFICATE_FILE", "broken.pem", "private key")
                .doesNotContain(KEY.substring(40, 60), "-----BEGIN");
    }
}
