package dev.octosts.app.playground;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.octosts.app.settings.ServedParts;
import dev.octosts.app.settings.Settings;
import dev.octosts.app.settings.SettingsReader;
import dev.octosts.exchange.IssuerSettings;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.schema.Schemas;
import dev.octosts.policy.test.PolicyTests;
import dev.octosts.probers.smoke.SmokeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The schemas, with a validator as editors have one, next to the programs that read the files. */
class PublishedSchemasTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern CATALOG = Pattern.compile("(?ms)^```json\n(\\[.*?)^```$");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = privateKey();

    @TempDir
    Path folder = Path.of("");

    static Stream<String> names() {
        return PublishedFiles.allSchemas().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void are_valid_and_have_a_stable_address_where_the_documentation_has_them(String name) throws IOException {
        String schema = PublishedFiles.allSchemas().getOrDefault(name, "");

        assertThat(Validation.ofSchema(JSON.readTree(schema))).isEmpty();
        assertThat(JSON.readTree(schema).path("$id").asText()).isEqualTo(Schemas.ADDRESS + name);
        assertThat(JSON.readTree(schema).path("title").asText()).isNotBlank();
        assertThat(Files.readString(DOCS.resolve("schema").resolve(name))).isEqualTo(schema);
    }

    @Test
    void are_all_that_the_documentation_has() throws IOException {
        try (var files = Files.list(DOCS.resolve("schema"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(names().toList());
        }
        var described = Files.readString(DOCS.resolve("trust-policies.md"));
        assertThat(names()).allSatisfy(name -> assertThat(described).contains("| `" + name + "` |"));
    }

    /** A schema, and a file that is right. */
    static final String[][] RIGHT = {
        {"policy-tests.json", "tests: [{name: 7, claims: {iss: a, sub: b, aud: [c, d], n: 1}, expect: {denied: any}}]"},
        {"policy-tests.json", "domain: a\ntests: [{name: a, expect: {diagnostic: STS012}}]"},
        {
            "policy-tests.json",
            "tests: [{name: a, claims: {iss: a}, expect: {permissions: {contents: read}, repositories: [a]}}]"
        },
        {"guardrails.json", "self_rewrite: deny"},
        {"guardrails.json", "issuers: [{issuer: 'https://a.example', owners: [octo-org]}]"},
        {"guardrails.json", "overrides: [{repositories: ['octo-*'], max_permissions: {contents: read}}]"},
        {"issuers-file.json", "issuers: []"},
        {"issuers-file.json", "issuers: [{issuer: 'https://a.example', audience: [a, b], shared: true}]"},
        {"issuers-file.json", "issuers: [{issuer: 'https://a.example/', algorithms: Ed25519, private_network: false}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7, private_key: '${KEY}'}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7, kms_key: alias/octo-sts}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7, keys: [{kms_key: a}, {kms_key: b}]}]}]"},
        {"app-config-file.json", "orgs: [{name: '*', apps: [{app_id: '${ID}', private_key: '${KEY}'}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7, app_name: ci-1, private_key: '${KEY}'}]}]"},
        {"smoke-tests.json", "domain: localhost:8080\ntests: [{name: 1, scope: o, identity: i, sticky_repeat: 2}]"},
        {
            "smoke-tests.json",
            "domain: a\ntests: [{name: a, scope: o, identity: i, expect_failure: true, expected_error: x, verify: }]"
        },
    };

    /** A schema, and a file with a mistake that people make. */
    static final String[][] WRONG = {
        {"trust-policy.json", "issuer: https://a.example\nsubject: b\npermissions: {pull-requests: write}"},
        {"trust-policy.json", "issuer: https://a.example\nsubject: b\npermissions: {contents: writ}"},
        {"trust-policy.json", "issuer: https://a.example\nsubject: b\npermission: {contents: read}"},
        {"trust-policy.json", "issuer: https://a.example\npermissions: {contents: read}"},
        {"trust-policy.json", "issuer: https://a.example\nsubject: b\nsubject_pattern: b\npermissions: {contents: read}"
        },
        {"trust-policy.json", "issuer: https://a.example\nsubject: b\npermissions: {}"},
        {"trust-policy.json", "issuer: https://a.example\nsubject: b\npermissions: {contents: read}\nrepositories: [a]"
        },
        {"organization-policy.json", "issuer: https://a.example\nsubject: b\npermissions: [contents]"},
        {"trusted-token-issuers.json", "issuers: []"},
        {"trusted-token-issuers.json", "trusted_issuers: [https://a.example]"},
        {"trusted-token-issuers.json", "mode: warn\nissuers: [https://a.example]"},
        {"guardrails.json", "{}"},
        {"guardrails.json", "self_rewrite: false"},
        {"guardrails.json", "max_permissions: {content: read}"},
        {"guardrails.json", "denied_permissions: [workflow]"},
        {"guardrails.json", "issuers: [{issuer: 'https://a.example'}]"},
        {"guardrails.json", "issuers: [{owners: [octo-org]}]"},
        {"guardrails.json", "overrides: [{repositories: [a]}]"},
        {"guardrails.json", "overrides: [{self_rewrite: deny}]"},
        {"policy-tests.json", "tests: []"},
        {"policy-tests.json", "test: [{name: a, claims: {iss: a}, expect: {denied: any}}]"},
        {"policy-tests.json", "tests: [{claims: {iss: a}, expect: {denied: any}}]"},
        {"policy-tests.json", "tests: [{name: a, expect: {denied: any}}]"},
        {"policy-tests.json", "tests: [{name: a, claims: {iss: a}, expect: {}}]"},
        {"policy-tests.json", "tests: [{name: a, claims: {iss: a}, expected: {denied: any}}]"},
        {
            "policy-tests.json",
            "tests: [{name: a, claims: {iss: a}, expect: {denied: any, permissions: {contents: read}}}]"
        },
        {"issuers-file.json", "- issuer: https://a.example"},
        {"issuers-file.json", "issuers: [{name: a}]"},
        {"issuers-file.json", "issuers: [{issuer: a.example}]"},
        {"issuers-file.json", "issuers: [{issuer: 'https://a.example', audiences: a}]"},
        {"issuers-file.json", "issuers: [{issuer: 'https://a.example', algorithms: [HS256]}]"},
        {"issuers-file.json", "issuers: [{issuer: 'https://a.example', shared: 'yes'}]"},
        {"issuers-file.json", "issuers: [{issuer: 'https://a.example', jwks: {keys: [{kty: RSA, d: AQ}]}}]"},
        {"issuers-file.json", "issuers: [{issuer: 'https://a.example', jwks: {keys: []}, jwks_file: a}]"},
        {"app-config-file.json", "orgs: []"},
        {"app-config-file.json", "organizations: [{name: a, apps: [{app_id: 7, private_key: '${KEY}'}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: []}]"},
        {"app-config-file.json", "orgs: [{name: a/b, apps: [{app_id: 7, private_key: '${KEY}'}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: octo-sts, private_key: '${KEY}'}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7, app_name: a b, private_key: '${KEY}'}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7, app_name: '12', private_key: '${KEY}'}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7, private_key: '${KEY}', private_key_file: a}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7, private_key: '${KEY}', kms_key: a}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7, keys: []}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{app_id: 7, kms_key: a, keys: [{kms_key: b}]}]}]"},
        {"app-config-file.json", "orgs: [{name: a, apps: [{id: 7, private_key: '${KEY}'}]}]"},
        {"smoke-tests.json", "tests: [{name: a, scope: o, identity: i}]"},
        {"smoke-tests.json", "domain: https://a\ntests: [{name: a, scope: o, identity: i}]"},
        {"smoke-tests.json", "domain: a\ntests: []"},
        {"smoke-tests.json", "domain: a\ntests: [{name: a, scope: o}]"},
        {"smoke-tests.json", "domain: a\ntests: [{name: a, scope: o, identity: i, expect_fail: true}]"},
        {"smoke-tests.json", "domain: a\ntests: [{name: a, scope: o, identity: i, sticky_repeat: 1}]"},
        {"smoke-tests.json", "domain: a\ntests: [{name: a, scope: o, identity: i, verify: {issues_read: {org: o}}}]"},
    };

    @ParameterizedTest
    @FieldSource("RIGHT")
    void accept_what_the_programs_accept(String schema, String file) {
        assertThat(accepts(schema, file)).as("the program takes it").isTrue();
        assertThat(problems(schema, file)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("WRONG")
    void refuse_the_mistakes_that_the_programs_refuse(String schema, String file) {
        assertThat(accepts(schema, file)).as("the program takes it").isFalse();
        assertThat(problems(schema, file)).isNotEmpty();
    }

    /** A document, the beginning of a line that the block has, the schema of such blocks. */
    static final String[][] DOCUMENTED = {
        {"trust-policies.md", "permissions:", "organization-policy.json"},
        {"command-line.md", "tests:", "policy-tests.json"},
        {"governance.md", "issuer_patterns:", "trusted-token-issuers.json"},
        {"governance.md", "self_rewrite:", "guardrails.json"},
        {"installation.md", "issuers:", "issuers-file.json"},
        {"installation.md", "orgs:", "app-config-file.json"},
        {"probers.md", "tests:", "smoke-tests.json"},
    };

    @ParameterizedTest
    @FieldSource("DOCUMENTED")
    void accept_the_examples_of_the_documentation(String document, String line, String schema) throws IOException {
        var blocks = FENCED.matcher(Files.readString(DOCS.resolve(document)))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.lines().anyMatch(each -> each.startsWith(line)))
                .filter(block -> !schema.endsWith("policy.json") || block.contains("\nissuer"))
                .filter(block -> !block.startsWith("# refused: "))
                .toList();

        assertThat(blocks)
                .isNotEmpty()
                .allSatisfy(
                        block -> assertThat(problems(schema, block)).as(block).isEmpty());
    }

    @Test
    void have_entries_for_a_catalog_of_schemas() throws IOException {
        var catalog = CATALOG.matcher(Files.readString(DOCS.resolve("trust-policies.md")));
        assertThat(catalog.find()).isTrue();
        var entries = StreamSupport.stream(JSON.readTree(catalog.group(1)).spliterator(), false)
                .toList();
        var files = Map.of(
                "organization-policy.json", "octo-repo/.github/chainguard/release.sts.yaml",
                "policy-tests.json", "octo-repo/.github/chainguard/release.sts.test.yaml",
                "trusted-token-issuers.json", "octo-repo/.github/chainguard/trusted-token-issuers.yaml",
                "guardrails.json", "octo-repo/.github/chainguard/guardrails.yaml");

        assertThat(entries).hasSameSizeAs(files.keySet());
        files.forEach((schema, file) -> assertThat(entries)
                .filteredOn(
                        entry -> StreamSupport.stream(entry.path("fileMatch").spliterator(), false)
                                .anyMatch(glob -> matches(glob.asText(), file)))
                .extracting(entry -> entry.path("url").asText())
                .containsExactly(Schemas.ADDRESS + schema));
    }

    private static boolean matches(String glob, String file) {
        var anywhere = glob.startsWith("**/") ? glob : "**/" + glob;
        return FileSystems.getDefault().getPathMatcher("glob:" + anywhere).matches(Path.of(file));
    }

    private static List<String> problems(String schema, String yaml) {
        Object file = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        return Validation.problems(
                PublishedFiles.allSchemas().getOrDefault(schema, ""), JSON.<JsonNode>valueToTree(file));
    }

    private boolean accepts(String schema, String text) {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        return switch (schema) {
            case "trust-policy.json" ->
                TrustPolicy.read(file, PolicyKind.REPOSITORY) instanceof TrustPolicy.Reading.Valid;
            case "organization-policy.json" ->
                TrustPolicy.read(file, PolicyKind.ORGANIZATION) instanceof TrustPolicy.Reading.Valid;
            case "trusted-token-issuers.json" -> TrustedIssuers.read(file) instanceof Parsed.Valid;
            case "guardrails.json" -> Guardrails.read(file) instanceof Parsed.Valid;
            case "policy-tests.json" -> PolicyTests.read(file) instanceof PolicyTests.TestsReading.Valid;
            case "issuers-file.json" -> isSound(() -> IssuerSettings.checked(written(text)));
            case "app-config-file.json" ->
                SettingsReader.read(
                                Map.of(
                                        "STS_DOMAIN",
                                        "sts.example.com",
                                        "APP_CONFIG_FILE",
                                        written(text).toString(),
                                        "KEY",
                                        KEY,
                                        "ID",
                                        "7"),
                                ServedParts.ALL)
                        instanceof Settings.Outcome.Sound;
            case "smoke-tests.json" -> SmokeFile.read(text) instanceof SmokeFile.Outcome.Sound;
            default -> throw new IllegalArgumentException(schema);
        };
    }

    private static boolean isSound(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private Path written(String text) {
        try {
            return Files.writeString(folder.resolve("file.yaml"), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String privateKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var der = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
