package dev.octosts.app.settings;

import static dev.octosts.app.settings.TestSettings.faults;
import static dev.octosts.app.settings.TestSettings.sound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.key.SigningKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys in a key management service, as the reference reads them. Nothing is called while settings are read. */
class KmsSettingsTest {

    private static Map<String, String> variables(String... more) {
        var variables = new HashMap<>(Map.of("APP_SECRET_CERTIFICATE_ENV_VAR", ""));
        for (int index = 0; index < more.length; index += 2) {
            variables.put(more[index], more[index + 1]);
        }
        return variables;
    }

    private static List<String> keys(Settings settings) {
        return settings.exchange().gitHub().apps().stream()
                .map(app -> app.appId() + " " + app.keys().getFirst().name())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aws|alias/a|1001|1001 aws key alias/a",
                "AWS|alias/a|1001|1001 aws key alias/a",
                "Aws|alias/a,alias/b|1,2|1 aws key alias/a;2 aws key alias/b",
                "aws|` alias/a`|1001|1001 aws key  alias/a",
                "aws|a,b,c|1, 2,3|1 aws key a;2 aws key b;3 aws key c",
                "aws|a,,c|1,2,3|1 aws key a;3 aws key c",
                "aws|,b|1,2|2 aws key b",
                "aws|a,b|7,7|7 aws key a",
                "aws|,b|7,7|7 aws key b",
                "gcp|projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1|1|1 gcp key projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1",
                "gcp|anything|1|1 gcp key anything",
                "aws|anything|1|1 aws key anything",
                "akv|https://v.vault.azure.net/keys/k|1|1 akv key https://v.vault.azure.net/keys/k",
                "AKV|https://v.vault.azure.net/keys/k/0123|1|1 akv key https://v.vault.azure.net/keys/k/0123",
                "vault|team/transit/octo-sts#3|1|1 vault key team/transit/octo-sts#3",
                "pkcs11|octo sts|1|1 pkcs11 key octo sts",
            })
    void takes_names_by_position(String provider, String names, String ids, String expected) {
        assertThat(keys(sound(variables("KMS_PROVIDER", provider, "KMS_KEYS", names, "GITHUB_APP_IDS", ids))))
                .containsExactly(expected.split(";"));
    }

    @Test
    void takes_gcp_where_no_provider_is_named() {
        assertThat(keys(sound(variables("KMS_KEYS", "projects/p")))).containsExactly("1001 gcp key projects/p");
    }

    @Test
    void takes_the_next_key_of_an_app_before_the_present_one() {
        var apps = sound(variables(
                        "KMS_PROVIDER", "aws", "KMS_KEYS", "a,b", "KMS_KEYS_NEXT", "c,", "GITHUB_APP_IDS", "1,2"))
                .exchange()
                .gitHub()
                .apps();

        assertThat(apps)
                .extracting(app -> app.keys().stream().map(SigningKey::name).toList())
                .containsExactly(List.of("aws key c", "aws key a"), List.of("aws key b"));
    }

    @Test
    void refuses_another_number_of_next_keys() {
        assertThat(faults(variables("KMS_PROVIDER", "aws", "KMS_KEYS", "a", "KMS_KEYS_NEXT", "b,c")))
                .singleElement()
                .asString()
                .startsWith("KMS_KEYS_NEXT: KMS_KEYS_NEXT length (2) must match GITHUB_APP_IDS length (1)");
    }

    @Test
    void notes_an_app_that_is_left_out() {
        assertThat(sound(variables("KMS_PROVIDER", "aws", "KMS_KEYS", "a,", "GITHUB_APP_IDS", "1,2"))
                        .notices())
                .containsExactly("KMS_KEYS has no key for App 2, which is left out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|a|1|KMS_PROVIDER: unsupported kms provider \"\"",
                "nope|a|1|KMS_PROVIDER: unsupported kms provider \"nope\"",
                "azure|a,b|1,2|KMS_PROVIDER: unsupported kms provider \"azure\"; give one of gcp, aws, akv, vault, pkcs11",
                "aws|a|1,2|KMS_KEYS: KMS_KEYS length (1) must match GITHUB_APP_IDS length (2)",
                "aws|a,b|1|KMS_KEYS: KMS_KEYS length (2) must match GITHUB_APP_IDS length (1)",
                "aws|a,|1|KMS_KEYS: KMS_KEYS length (2) must match GITHUB_APP_IDS length (1)",
                "aws|,|1,2|KMS_KEYS: no apps with valid KMS keys configured",
                "aws|,,|1,2,3|KMS_KEYS: no apps with valid KMS keys configured",
                "akv|my-key|1|KMS_KEYS: invalid Key Vault key identifier \"my-key\": want https://<vault>/keys/<name>[/<version>]",
                "akv|http://v.vault.azure.net/keys/k|1|KMS_KEYS: invalid Key Vault key identifier",
                "akv|https://v.vault.azure.net/secrets/k|1|KMS_KEYS: invalid Key Vault key identifier",
                "akv|https://v.vault.azure.net/keys/k/1/2|1|KMS_KEYS: invalid Key Vault key identifier",
                "aws|a|x|GITHUB_APP_IDS: \"x\" is not the id of a GitHub App",
                "aws|``|1|APP_SECRET_CERTIFICATE_FILE: not set",
            })
    void refuses(String provider, String names, String ids, String words) {
        assertThat(faults(variables("KMS_PROVIDER", provider, "KMS_KEYS", names, "GITHUB_APP_IDS", ids)))
                .singleElement()
                .asString()
                .startsWith(words);
    }

    @Test
    void refuses_a_name_that_would_break_a_line() {
        assertThat(Stream.of("a\nb", "x".repeat(2_049)))
                .allSatisfy(name -> assertThat(faults(variables("KMS_PROVIDER", "aws", "KMS_KEYS", name)))
                        .singleElement()
                        .asString()
                        .startsWith("KMS_KEYS: the name of a key is longer than 2048 characters, or has a line end"));
    }
}
