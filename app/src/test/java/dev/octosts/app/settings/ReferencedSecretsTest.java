package dev.octosts.app.settings;

import static dev.octosts.app.settings.TestSettings.faults;
import static dev.octosts.app.settings.TestSettings.sound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.key.SigningException;
import dev.octosts.kms.aws.fixture.KmsStandIn;
import dev.octosts.webhook.WebhookSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and webhook secrets that the variables only say the place of. */
class ReferencedSecretsTest {

    private final KmsStandIn aws = new KmsStandIn();

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() {
        aws.close();
    }

    private Map<String, String> inAws(String... more) {
        var variables = new HashMap<>(Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "AKIATEST",
                "AWS_SECRET_ACCESS_KEY", "secret-of-aws",
                "AWS_ENDPOINT_URL", aws.address()));
        for (int index = 0; index < more.length; index += 2) {
            variables.put(more[index], more[index + 1]);
        }
        return variables;
    }

    private static void assertSecrets(Map<String, String> variables, String... expected) {
        assertThat(sound(variables).webhook().secrets().now())
                .containsExactly(Stream.of(expected).map(WebhookSecret::new).toArray(WebhookSecret[]::new));
    }

    @Test
    void reads_the_secrets_of_the_webhook_in_aws() {
        aws.secret("octo-sts/webhook", "SecretString", "first");
        aws.secret("octo-sts/next", "SecretString", "second");

        assertSecrets(
                inAws(
                        "GITHUB_WEBHOOK_SECRET", "aws-sm://octo-sts/webhook",
                        "GITHUB_WEBHOOK_SECRET_NEXT", "aws-sm://octo-sts/next"),
                "first",
                "second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "hunter2|hunter2",
                "hunter2\\n|hunter2",
                "hunter2\\r\\n|hunter2",
                "a\\nb\\n\\n|a\\nb\\n",
                " a |` a `"
            })
    void reads_a_file_without_one_line_end(String content, String secret) throws IOException {
        var file = Files.writeString(folder.resolve("webhook"), written(content));

        assertSecrets(Map.of("GITHUB_WEBHOOK_SECRET", "file://" + file.toAbsolutePath()), written(secret));
    }

    private static String written(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "one,two ", "/etc/octo-sts/webhook", "https://x/secrets/y", "vault:secret/x#y"})
    void takes_what_begins_otherwise_for_the_secret_itself(String secret) {
        assertSecrets(Map.of("GITHUB_WEBHOOK_SECRET", secret), secret);
    }

    @Test
    void takes_names_and_references_side_by_side_where_the_keys_are_in_a_service() throws IOException {
        aws.secret("octo-sts/webhook", "SecretString", "first");
        var file = Files.writeString(folder.resolve("webhook"), "second\n");

        assertSecrets(
                inAws(
                        "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                        "KMS_PROVIDER", "aws",
                        "KMS_KEYS", "alias/octo-sts",
                        "GITHUB_WEBHOOK_SECRET", "octo-sts/webhook, file://" + file.toAbsolutePath()),
                "first",
                "second");
    }

    @Test
    void reads_private_keys_from_where_they_are() throws IOException, SigningException {
        aws.secret("octo-sts/key", "SecretString", TestKeys.pkcs1(TestKeys.RSA));
        var file = Files.writeString(folder.resolve("next.pem"), TestKeys.pkcs8(TestKeys.RSA));
        var next = "file://" + file.toAbsolutePath();

        var keys = sound(inAws(
                        "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                        "APP_SECRET_CERTIFICATE_FILE", "aws-sm://octo-sts/key",
                        "APP_SECRET_CERTIFICATE_FILE_NEXT", next))
                .exchange()
                .gitHub()
                .apps()
                .getFirst()
                .keys();

        assertThat(keys)
                .extracting(key -> key.name())
                .containsExactly("the key in " + next, "the key in aws-sm://octo-sts/key");
        for (var key : keys) {
            assertThat(key.publicKey()).isEqualTo(Optional.of(TestKeys.RSA.getPublic()));
            assertThat(key.isRemote()).isFalse();
        }
    }

    @Test
    void reads_the_key_of_an_app_in_the_file_of_apps_once_for_all_who_name_it() throws IOException {
        aws.secret("octo-sts/key", "SecretString", TestKeys.pkcs1(TestKeys.RSA));
        var apps = Files.writeString(folder.resolve("apps.yaml"), """
                orgs:
                  - name: octo-org
                    apps:
                      - {app_id: 1, private_key_file: "aws-sm://octo-sts/${NAME}"}
                      - {app_id: 2, private_key_file: "aws-sm://octo-sts/${NAME}"}
                """);

        var settings = sound(inAws("APP_CONFIG_FILE", apps.toString(), "NAME", "key"));

        assertThat(settings.exchange().gitHub().apps()).hasSize(2);
        assertThat(aws.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aws-sm://octo-sts/nothing|`\"aws-sm://octo-sts/nothing\" cannot be read: there is none of this name (ResourceNotFoundException); check the name of the secret`",
                "aws-sm://octo-sts/empty|`\"aws-sm://octo-sts/empty\" has nothing in it; give the secret that the App's webhook has at GitHub`",
                "aws-sm://octo-sts/long|`\"aws-sm://octo-sts/long\" has more than 4096 bytes in it`",
                "aws-sm://hunter2 |it begins with aws-sm:// and is not of the form",
                "file:///nowhere/webhook|`the file \"/nowhere/webhook\" does not exist`",
                "file://nowhere|it begins with file:// and is not of the form file:///PATH; give it as in file:///etc/octo-sts/webhook",
            })
    void teaches_what_is_wrong_with_a_secret_of_the_webhook(String reference, String words) {
        aws.secret("octo-sts/empty", "SecretString", "");
        aws.secret("octo-sts/long", "SecretString", "hunter2".repeat(1_000));
        var given = reference.startsWith("aws-sm://hunter2") ? reference + " " : reference;

        for (String variable : new String[] {"GITHUB_WEBHOOK_SECRET", "GITHUB_WEBHOOK_SECRET_NEXT"}) {
            assertThat(faults(inAws("GITHUB_WEBHOOK_SECRET", "s", variable, given)))
                    .filteredOn(fault -> fault.variable().equals(variable))
                    .singleElement()
                    .asString()
                    .startsWith(variable + ": ")
                    .contains(words)
                    .doesNotContain("hunter2", KmsStandIn.WORDS, "secret-of-aws", "\n");
        }
    }

    @Test
    void says_that_a_secret_may_not_be_read_and_what_right_is_missing() {
        aws.fail("GetSecretValue", 400, "AccessDeniedException");

        assertThat(faults(inAws("GITHUB_WEBHOOK_SECRET", "aws-sm://octo-sts/webhook")))
                .singleElement()
                .hasToString("GITHUB_WEBHOOK_SECRET: \"aws-sm://octo-sts/webhook\" cannot be read: access is denied"
                        + " (AccessDeniedException); let the service's identity read this secret:"
                        + " docs/key-management.md has the least rights");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aws-sm://octo-sts/nothing|cannot be read: there is none of this name",
                "aws-sm://octo-sts/no-key|`\"aws-sm://octo-sts/no-key\": this is not a private key in PEM form`",
                "aws-sm://octo-sts/weak|`\"aws-sm://octo-sts/weak\": the RSA private key has fewer than 2048 bits`",
                "gcp-sm://webhook|is not of the form gcp-sm://projects/P/secrets/S/versions/V",
                "file:///nowhere/app.pem|`the file \"/nowhere/app.pem\" does not exist`",
            })
    void teaches_what_is_wrong_with_a_key(String reference, String words) throws IOException {
        aws.secret("octo-sts/no-key", "SecretString", "hunter2");
        aws.secret("octo-sts/weak", "SecretString", TestKeys.pkcs8(TestKeys.WEAK));
        var apps = Files.writeString(
                folder.resolve("apps.yaml"),
                "orgs: [{name: a, apps: [{app_id: 7, private_key_file: '" + reference + "'}]}]");

        assertThat(faults(inAws("APP_SECRET_CERTIFICATE_ENV_VAR", "", "APP_SECRET_CERTIFICATE_FILE", reference)))
                .singleElement()
                .asString()
                .startsWith("APP_SECRET_CERTIFICATE_FILE: ")
                .contains(words)
                .doesNotContain("hunter2", "-----BEGIN");
        assertThat(faults(inAws("APP_CONFIG_FILE", apps.toString())))
                .singleElement()
                .asString()
                .startsWith("APP_CONFIG_FILE: the file ")
                .contains("app_id 7, private_key_file: ", words)
                .doesNotContain("hunter2", "-----BEGIN");
    }

    @Test
    void calls_no_manager_where_nothing_is_in_one() throws IOException {
        var file = Files.writeString(folder.resolve("key.pem"), TestKeys.pkcs1(TestKeys.RSA));

        sound(inAws(
                "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                "APP_SECRET_CERTIFICATE_FILE", file.toString(),
                "GITHUB_WEBHOOK_SECRET", "hunter2"));

        assertThat(aws.requests()).isEmpty();
    }
}
