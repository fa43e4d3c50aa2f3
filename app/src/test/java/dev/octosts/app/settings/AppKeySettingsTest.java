package dev.octosts.app.settings;

import static dev.octosts.app.settings.TestSettings.KEY;
import static dev.octosts.app.settings.TestSettings.faults;
import static dev.octosts.app.settings.TestSettings.sound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.AppCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the App's private key comes from. */
class AppKeySettingsTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void refuses_several_sources_of_the_key() {
        assertThat(faults(Map.of("APP_SECRET_CERTIFICATE_FILE", "/some/key.pem")))
                .singleElement()
                .hasToString("APP_SECRET_CERTIFICATE_FILE and APP_SECRET_CERTIFICATE_ENV_VAR: "
                        + "set together; give exactly one source of the App's private key");
        assertThat(faults(Map.of("KMS_KEYS", "projects/p/x")))
                .singleElement()
                .asString()
                .isEqualTo(
                        "KMS_KEYS: set, although the App's private key is given in APP_SECRET_CERTIFICATE_ENV_VAR;"
                                + " keys in a cloud's key management are not supported yet, so remove KMS_KEYS and KMS_PROVIDER");
    }

    @ParameterizedTest
    @CsvSource({
        "'one', 'gcp', 'KMS_KEYS: not supported yet'",
        "'a,b', '', 'KMS_KEYS: names 2 keys for 1 ids'",
        "'one', 'nope', 'KMS_PROVIDER: \"nope\" is not known'",
        "'one', 'AWS', 'KMS_KEYS: not supported yet'"
    })
    void refuses_keys_in_a_key_service_by_name(String keys, String provider, String words) {
        assertThat(faults(Map.of("APP_SECRET_CERTIFICATE_ENV_VAR", "", "KMS_KEYS", keys, "KMS_PROVIDER", provider)))
                .singleElement()
                .asString()
                .contains(words);
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
                .extracting(AppCredential::key)
                .containsExactly(TestKeys.RSA.getPrivate());
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
