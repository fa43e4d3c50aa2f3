package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAccountKeyTest {

    private static final String PEM = TestKeys.pkcs8(TestKeys.RSA);

    @TempDir
    Path folder;

    /** A file as Google gives it. */
    static String json() {
        return """
                {"type": "service_account", "project_id": "p", "private_key_id": "0123abcd", "private_key": "%s",
                "client_email": "sts@p.iam.gserviceaccount.com", "client_id": "1",
                "token_uri": "https://oauth2.googleapis.com/token"}""".formatted(PEM.replace("\r", "").replace("\n", "\\n"));
    }

    static String write(Path folder, String content) {
        try {
            return Files.writeString(folder.resolve("key.json"), content)
                    .toAbsolutePath()
                    .toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void reads_a_key_file_of_google_and_shows_nothing_of_the_key() throws Exception {
        var key = ServiceAccountKey.read(write(folder, json()));

        assertThat(key.email()).isEqualTo("sts@p.iam.gserviceaccount.com");
        assertThat(key.id()).isEqualTo("0123abcd");
        assertThat(key.tokenUri()).hasToString("https://oauth2.googleapis.com/token");
        assertThat(key.key().publicKey()).contains((java.security.interfaces.RSAPublicKey) TestKeys.RSA.getPublic());
        assertThat(key).hasToString("ServiceAccountKey[sts@p.iam.gserviceaccount.com, ***]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service_account|external_account|only a key file of the type service_account gives identity tokens",
                "service_account|authorized_user|OCTOSTS_EVENT_IDENTITY=none",
                "client_email|other|has no client_email",
                "private_key_id|other|has no private_key_id",
                "BEGIN PRIVATE KEY|BEGIN NOTHING|has no usable private_key: ",
                "https://oauth2|http://oauth2|has a token_uri that does not begin with https://",
                "https://oauth2|https://user@oauth2|has a token_uri that does not begin with https://",
                "token_uri|other|has no token_uri",
                "{|hunter2|is not JSON",
            })
    void refuses_what_is_no_key_file_and_says_what_to_give(String part, String other, String words) {
        var file = write(folder, json().replace(part, other));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceAccountKey.read(file))
                .satisfies(fault -> assertThat(fault.getMessage())
                        .startsWith("the file \"" + file)
                        .contains(words)
                        .doesNotContain("hunter2", PEM.substring(40, 60)));
    }
}
