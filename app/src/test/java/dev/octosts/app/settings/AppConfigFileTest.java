package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.app.settings.Settings.Outcome;
import dev.octosts.github.AppCredential;
import dev.octosts.github.key.SigningException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppConfigFileTest {
    private static final String ACCEPTED = """
            orgs:
              - name: Octo-Org
                apps:
                  - app_id: 1001
                    app_name: ${READER}
                    private_key_file: ${KEYS}/key.pem
                  - {app_id: 1002, private_key: "${KEY}"}
              - name: "*"
                apps:
                  - app_id: "1003"
                    private_key: ${KEY}
            """;

    private static final Optional<RSAPublicKey> RSA = Optional.of((RSAPublicKey) TestKeys.RSA.getPublic());

    @TempDir
    Path folder = Path.of("");

    private static Optional<RSAPublicKey> publicKey(AppCredential app) {
        try {
            return app.keys().getFirst().publicKey();
        } catch (SigningException unusable) {
            throw new AssertionError(unusable);
        }
    }

    @Test
    void names_keys_of_a_key_service() {
        assertThat(sound(
                                "orgs: [{name: a, apps: [{app_id: 1, kms_key: 'alias/${NAME}'}]},"
                                        + " {name: b, apps: [{app_id: 2, private_key: '${KEY}'}]}]",
                                Map.of("KMS_PROVIDER", "aws", "NAME", "octo-sts"))
                        .exchange()
                        .gitHub()
                        .apps())
                .extracting(app -> app.keys().getFirst().name())
                .containsExactly("aws key alias/octo-sts", "its private key");
    }

    @Test
    void names_two_keys_of_an_app_while_one_is_replaced() {
        assertThat(sound(
                                "orgs: [{name: a, apps: [{app_id: 1, keys: [{kms_key: next}, {private_key: '${KEY}'}]}]}]",
                                Map.of("KMS_PROVIDER", "aws"))
                        .exchange()
                        .gitHub()
                        .apps()
                        .getFirst()
                        .keys())
                .extracting(key -> key.name())
                .containsExactly("aws key next", "its private key");
    }

    @Test
    void tells_once_that_the_service_of_its_keys_is_none() {
        assertThat(faults(
                        "orgs: [{name: a, apps: [{app_id: 1, kms_key: a}, {app_id: 2, kms_key: b}]}]",
                        Map.of("KMS_PROVIDER", "")))
                .singleElement()
                .asString()
                .startsWith("KMS_PROVIDER: unsupported kms provider \"\"");
    }

    @BeforeEach
    void writeTheKey() throws IOException {
        Files.writeString(folder.resolve("key.pem"), TestKeys.pkcs1(TestKeys.RSA));
    }

    @Test
    void names_the_apps_of_each_owner_and_of_all_others() {
        var pools = pools(ACCEPTED);

        assertThat(pools).containsOnlyKeys("octo-org", "*");
        assertThat(pools.get("octo-org"))
                .extracting(AppCredential::appId, AppCredential::name, AppConfigFileTest::publicKey)
                .containsExactly(tuple(1001L, "reader-1", RSA), tuple(1002L, "", RSA));
        assertThat(pools.get("*")).extracting(AppCredential::appId).containsExactly(1003L);
    }

    @Test
    void stands_in_for_the_variables_which_are_not_looked_at() {
        var settings = sound(
                ACCEPTED,
                Map.of(
                        "GITHUB_APP_IDS", "not a number",
                        "KMS_KEYS", "a,b",
                        "APP_SECRET_CERTIFICATE_FILE", "/nonexistent.pem",
                        "APP_SECRET_CERTIFICATE_ENV_VAR", "garbage"));

        assertThat(settings.exchange().gitHub().apps()).hasSize(3);
        assertThat(settings.notices())
                .hasSize(4)
                .allSatisfy(notice ->
                        assertThat(notice).endsWith("is ignored: APP_CONFIG_FILE names the Apps and their keys"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orgs: [{name: no, apps: [{app_id: 0001001, private_key: '${KEY}'}]}]",
                "orgs: [{name: a, apps: [{app_id: '${ID}', private_key: '${KEY}', kms_key: '', private_key_file: ~}]}]",
                "orgs: [{name: a, apps: [{app_id: 1, kms_key: '${UNSET}', private_key: 'x${UNSET}${KEY}'}]}]",
                "orgs: [{name: a, apps: [&x {app_id: 1, private_key: '${KEY}'}, {<<: *x, app_id: 2}]}]",
                "\ufeff# a comment\r\norgs:\r\n- name: a\r\n  apps:\r\n  - app_id: 1\r\n    private_key: ${KEY}\r\n",
            })
    void takes_what_is_ordinary_yaml(String file) {
        assertThat(sound(file, Map.of("ID", "1001")).exchange().gitHub().pools())
                .hasSize(1);
    }

    @Test
    void notes_a_variable_that_is_not_set_although_the_program_starts() {
        var settings = sound(
                "orgs: [{name: a, apps: [{app_id: 1, kms_key: '${ONE}${OTHER}', private_key: '${KEY}'}]}]", Map.of());

        assertThat(settings.notices())
                .singleElement()
                .asString()
                .startsWith("APP_CONFIG_FILE: in the file ")
                .endsWith("${ONE}, ${OTHER} are not set in the environment, and so empty");
    }

    @ParameterizedTest(name = "{index} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|it is empty",
                "# only a comment|it is empty",
                "orgs: []|no organization",
                "orgs:|no organization",
                "{}|no organization",
                "orgs: a|no organization",
                "[]|the file is not a mapping",
                "{not valid yaml: [|not YAML: line 1, column",
                "a: 1\\n---\\nb: 2|not YAML",
                "orgs: [a]|orgs[0] is not a mapping",
                "foo: 1\\norgs: [{name: a, apps: [{app_id: 1, private_key: '${KEY}'}]}]|unknown key \"foo\"",
                "orgs: [{name: a, app: 1, apps: [{app_id: 1, private_key: '${KEY}'}]}]|orgs[0]: unknown key \"app\"",
                "orgs: [{name: a, apps: [{app_id: 1, private_key: '${KEY}', x: 1}]}]|apps[0]: unknown key \"x\"",
                "orgs: [{name: '', apps: [{app_id: 1, private_key: '${KEY}'}]}]|the name is empty",
                "orgs: [{name: '${UNSET}', apps: [{app_id: 1, private_key: '${KEY}'}]}]|the name is empty (${UNSET} is not set in the environment, and so empty)",
                "orgs: [{name: a, apps: [{app_id: '${NO_ID}', private_key: '${KEY}'}]}]|app_id \"\" is not the id of a GitHub App (${NO_ID} is not set",
                "orgs: [{name: a, apps: [{app_id: 1, private_key_file: '${NO_FOLDER}/nonexistent.pem'}]}]|does not exist (${NO_FOLDER} is not set",
                "orgs: [{apps: [{app_id: 1, private_key: '${KEY}'}]}]|the name is empty",
                "orgs: [{name: [a], apps: [{app_id: 1, private_key: '${KEY}'}]}]|name is not a text",
                "orgs: [{name: a/b, apps: [{app_id: 1, private_key: '${KEY}'}]}]|\"a/b\" is not a login",
                "orgs: [{name: a}]|organization \"a\" has no apps",
                "orgs: [{name: a, apps: []}]|organization \"a\" has no apps",
                "orgs: [{name: a, apps: [1]}]|apps[0] is not a mapping",
                "orgs: [{name: a, apps: [{private_key: '${KEY}'}]}]|app_id \"\" is not the id",
                "orgs: [{name: a, apps: [{app_id: 0, private_key: '${KEY}'}]}]|app_id \"0\" is not the id",
                "orgs: [{name: a, apps: [{app_id: -1, private_key: '${KEY}'}]}]|app_id \"-1\" is not the id",
                "orgs: [{name: a, apps: [{app_id: abc, private_key: '${KEY}'}]}]|app_id \"abc\" is not the id",
                "orgs: [{name: a, apps: [{app_id: 1, app_name: 12, private_key: '${KEY}'}]}]|app_id 1: app_name \"12\" is not the name of an App",
                "orgs: [{name: a, apps: [{app_id: 1, app_name: a b, private_key: '${KEY}'}]}]|app_name \"a b\" is not the name of an App",
                "orgs: [{name: a, apps: [{app_id: 1, app_name: [a], private_key: '${KEY}'}]}]|app_name is not a text",
                "orgs: [{name: a, apps: [{app_id: 1, keys: []}]}]|keys is not a list of one or two keys",
                "orgs: [{name: a, apps: [{app_id: 1, keys: a}]}]|keys is not a list of one or two keys",
                "orgs: [{name: a, apps: [{app_id: 1, keys: [{kms_key: a}, {kms_key: b}, {kms_key: c}]}]}]|keys is not a list",
                "orgs: [{name: a, apps: [{app_id: 1, keys: [a]}]}]|keys[0] is not a mapping",
                "orgs: [{name: a, apps: [{app_id: 1, keys: [{}]}]}]|keys[0]: exactly one of kms_key",
                "orgs: [{name: a, apps: [{app_id: 1, kms_key: a, keys: [{kms_key: b}]}]}]|give the keys in the list alone",
                "orgs: [{name: a, apps: [{app_id: 1}]}]|exactly one of kms_key, private_key_file, private_key",
                "orgs: [{name: a, apps: [{app_id: 1, private_key: '${UNSET}'}]}]|exactly one of kms_key, private_key_file, private_key must be given, and none is (${UNSET} is not set in the environment, and so empty)",
                "orgs: [{name: a, apps: [{app_id: 1, private_key: '${KEY}', kms_key: k}]}]|and kms_key and private_key are",
                "orgs: [{name: a, apps: [{app_id: 1, kms_key: \"a\\x0ab\"}]}]|kms_key: the name of a key is longer than",
                "orgs: [{name: a, apps: [{app_id: 1, private_key_file: /nonexistent.pem}]}]|private_key_file: the file \"/nonexistent.pem\" does not exist",
                "orgs: [{name: a, apps: [{app_id: 1, private_key: $KEY}]}]|not a private key",
                "orgs: [{name: a, name: b, apps: [{app_id: 1, private_key: '${KEY}'}]}]|duplicate key name",
            })
    void refuses(String file, String words) {
        assertThat(faults(file.replace("\\n", "\n")))
                .anySatisfy(fault -> assertThat(fault.toString())
                        .startsWith("APP_CONFIG_FILE: the file \"" + folder)
                        .contains(words)
                        .doesNotContain("\n", "-----BEGIN"));
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, duplicate organization name \"a\"",
        "a, A, duplicate organization name \"a\"",
        "*, *, duplicate organization name \"*\""
    })
    void refuses_an_owner_with_two_pools(String one, String other, String words) {
        assertThat(faults("orgs: [" + org(one, 1) + ", " + org(other, 2) + "]"))
                .singleElement()
                .asString()
                .contains(words);
    }

    private static String org(String name, int appId) {
        return "{name: '" + name + "', apps: [{app_id: " + appId + ", private_key: '${KEY}'}]}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orgs: [{name: a, apps: [{app_id: 7, private_key: '${KEY}'}, {app_id: 7, private_key: '${KEY}'}]}]",
                "orgs: [{name: a, apps: [{app_id: 7, private_key: '${KEY}'}]}, {name: b, apps: [{app_id: 07, private_key: '${KEY}'}]}]"
            })
    void refuses_an_app_twice(String file) {
        assertThat(faults(file)).singleElement().asString().contains("duplicate app_id 7");
    }

    @Test
    void refuses_a_name_for_two_apps() {
        var app = "apps: [{app_id: %d, app_name: reader, private_key: '${KEY}'}]}";
        assertThat(faults("orgs: [{name: a, " + app.formatted(1) + ", {name: b, " + app.formatted(2) + "]"))
                .singleElement()
                .asString()
                .contains("duplicate app_name \"reader\"");
    }

    @Test
    void tells_every_fault_in_one_round() {
        assertThat(faults("orgs: [{name: '', apps: [{app_id: x}]}, {name: b}]")).hasSize(4);
    }

    @Test
    void refuses_what_is_too_large_or_not_text() throws IOException {
        assertThat(faults("#" + "x".repeat(1024 * 1024)))
                .singleElement()
                .asString()
                .contains("larger than");
        assertThat(faults("[".repeat(200))).singleElement().asString().contains("not YAML");
        var file = Files.write(folder.resolve("latin.yaml"), "orgs: é".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(SettingsReader.read(
                        Map.of("STS_DOMAIN", "sts.example", "APP_CONFIG_FILE", file.toString()), ServedParts.ALL))
                .isInstanceOfSatisfying(
                        Outcome.Faulty.class,
                        faulty -> assertThat(faulty.faults())
                                .singleElement()
                                .asString()
                                .contains("not UTF-8"));
    }

    private Map<String, List<AppCredential>> pools(String file) {
        return sound(file, Map.of()).exchange().gitHub().pools();
    }

    private Settings sound(String file, Map<String, String> more) {
        return switch (read(file, more)) {
            case Outcome.Sound(var settings) -> settings;
            case Outcome.Faulty(var faults) -> throw new AssertionError("refused: " + faults);
        };
    }

    private List<SettingFault> faults(String file) {
        return faults(file, Map.of());
    }

    private List<SettingFault> faults(String file, Map<String, String> more) {
        return switch (read(file, more)) {
            case Outcome.Sound(var settings) -> throw new AssertionError("accepted: " + settings);
            case Outcome.Faulty(var faults) -> faults;
        };
    }

    private Outcome read(String file, Map<String, String> more) {
        var variables = new HashMap<>(Map.of("STS_DOMAIN", "sts.example.com", "READER", "reader-1"));
        variables.putAll(Map.of("KEY", TestKeys.pkcs8(TestKeys.RSA), "KEYS", folder.toString()));
        variables.putAll(more);
        try {
            var path = Files.writeString(folder.resolve("apps.yaml"), file);
            variables.put("APP_CONFIG_FILE", path.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return SettingsReader.read(variables, ServedParts.ALL);
    }
}
