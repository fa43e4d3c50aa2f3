package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts say where a secret is, and what they mean. */
class SecretReferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws-sm://octo-sts/webhook|aws|octo-sts/webhook",
                "aws-sm://a+b=c.d@e!f_g|aws|a+b=c.d@e!f_g",
                "aws-sm://arn:aws:secretsmanager:eu-central-1:111122223333:secret:octo-sts/webhook-AbCdEf|aws|arn:aws:secretsmanager:eu-central-1:111122223333:secret:octo-sts/webhook-AbCdEf",
                "aws-sm://arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:x|aws|arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:x",
                "gcp-sm://projects/p/secrets/s|gcp|projects/p/secrets/s/versions/latest",
                "gcp-sm://projects/p/secrets/s/versions/7|gcp|projects/p/secrets/s/versions/7",
                "gcp-sm://projects/p/locations/l/secrets/s|gcp|projects/p/locations/l/secrets/s/versions/latest",
                "akv://my-vault/secrets/webhook|akv|https://my-vault.vault.azure.net/secrets/webhook",
                "akv://my-vault/secrets/webhook/0123ab|akv|https://my-vault.vault.azure.net/secrets/webhook/0123ab",
                "akv://v.vault.azure.cn/secrets/webhook|akv|https://v.vault.azure.cn/secrets/webhook",
                "akv://localhost:8443/secrets/webhook|akv|https://localhost:8443/secrets/webhook",
                "vault://secret/octo-sts#webhook|vault|secret/octo-sts#webhook",
                "vault://kv/team/octo-sts/app#private key|vault|kv/team/octo-sts/app#private key",
            })
    void names_a_secret_of_a_manager(String text, String provider, String name) {
        assertThat(SecretReference.read(text)).contains(new SecretReference.InManager(text, provider, name));
    }

    @Test
    void names_a_file_as_it_is_written() {
        assertThat(SecretReference.read("file:///etc/octo-sts/a b%20c#d"))
                .contains(new SecretReference.InFile("file:///etc/octo-sts/a b%20c#d", "/etc/octo-sts/a b%20c#d"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "/etc/octo-sts/app.pem",
                "app.pem",
                "https://v.vault.azure.net/secrets/s",
                "arn:aws:secretsmanager:eu-central-1:111122223333:secret:x",
                "aws-kms://x",
                "AWS-SM://octo-sts/webhook",
                " aws-sm://octo-sts/webhook",
                "aws-sm:/octo-sts/webhook",
                "aws_sm://octo-sts",
                "gcp://projects/p/secrets/s",
                "vaults://secret/octo-sts#webhook",
                "FILE:///etc/x",
                "file:/etc/x",
                "secret vault://secret/octo-sts#webhook"
            })
    void is_no_reference_when_it_begins_otherwise(String text) {
        assertThat(SecretReference.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aws-sm://|aws-sm://NAME or aws-sm://ARN",
                "aws-sm://a hunter2|aws-sm://NAME or aws-sm://ARN",
                "aws-sm://arn:aws:kms:eu-central-1:111122223333:key/hunter2|aws-sm://NAME or aws-sm://ARN",
                "aws-sm://arn:aws:secretsmanager:eu-central-1:hunter2:secret:x|aws-sm://NAME or aws-sm://ARN",
                "gcp-sm://hunter2|gcp-sm://projects/P/secrets/S/versions/V",
                "gcp-sm://projects/p/secrets/s/versions/|gcp-sm://projects/P/secrets/S/versions/V",
                "gcp-sm://projects/p/secrets/s/versions/1:hunter2|gcp-sm://projects/P/secrets/S/versions/V",
                "gcp-sm://projects/../secrets/hunter2|gcp-sm://projects/P/secrets/S/versions/V",
                "akv://my-vault/keys/hunter2|akv://VAULT/secrets/NAME or akv://VAULT/secrets/NAME/VERSION",
                "akv://my-vault/secrets/hunter2/1/2|akv://VAULT/secrets/NAME or akv://VAULT/secrets/NAME/VERSION",
                "akv://user@my-vault/secrets/hunter2|akv://VAULT/secrets/NAME or akv://VAULT/secrets/NAME/VERSION",
                "akv:///secrets/hunter2|akv://VAULT/secrets/NAME or akv://VAULT/secrets/NAME/VERSION",
                "vault://secret/octo-sts|vault://MOUNT/PATH#FIELD",
                "vault://secret#hunter2|vault://MOUNT/PATH#FIELD",
                "vault://secret/../sys#hunter2|vault://MOUNT/PATH#FIELD",
                "vault://secret//x#hunter2|vault://MOUNT/PATH#FIELD",
                "vault://secret/x#|vault://MOUNT/PATH#FIELD",
                "vault://secret/x#a#hunter2|vault://MOUNT/PATH#FIELD",
                "file://|file:///PATH",
                "file://etc/hunter2|file:///PATH",
                "file://host/hunter2|file:///PATH",
            })
    void teaches_the_form_when_it_begins_as_a_reference_and_is_none_and_shows_nothing_of_it(String text, String form) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretReference.read(text))
                .satisfies(refused -> assertThat(refused.getMessage())
                        .contains("is not of the form " + form + "; give it as in ")
                        .doesNotContain("hunter2"));
    }
}
