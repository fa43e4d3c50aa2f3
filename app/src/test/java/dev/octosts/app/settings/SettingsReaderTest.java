package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.settings.Settings.Outcome;
import dev.octosts.exchange.CallerRate;
import dev.octosts.exchange.QuotaSettings;
import dev.octosts.exchange.RefusalDetail;
import dev.octosts.github.AppCredential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    private static final String KEY = TestKeys.pkcs8(TestKeys.RSA);
    private static final Map<String, String> ACCEPTED = Map.of(
            "STS_DOMAIN", "sts.example.com",
            "GITHUB_APP_IDS", "1001",
            "APP_SECRET_CERTIFICATE_ENV_VAR", KEY);

    @TempDir
    Path folder = Path.of("");

    @Test
    void takes_the_documented_defaults() {
        var settings = sound(Map.of());

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.metrics()).isTrue();
        assertThat(settings.logLevel()).isEqualTo(Settings.LogLevel.INFO);
        assertThat(settings.exchange().gitHub().quota())
                .isEqualTo(new QuotaSettings(5000, 1500, Duration.ofMinutes(5)));
        assertThat(settings.notices()).isEmpty();
        var exchange = settings.exchange();
        assertThat(exchange.domain()).isEqualTo("sts.example.com");
        assertThat(exchange.gitHub().address()).isEqualTo(URI.create("https://api.github.com"));
        assertThat(exchange.policyRepository()).isEqualTo(".github");
        assertThat(exchange.gitHub().apps()).extracting(AppCredential::appId).containsExactly(1001L);
        assertThat(exchange.issuers().allowed()).isEmpty();
        assertThat(exchange.issuers().allowLoopback()).isFalse();
        assertThat(exchange.issuers().allowPrivate()).isFalse();
        assertThat(exchange.egress().proxies()).isEmpty();
    }

    @Test
    void reads_the_file_of_issuers_before_the_start() throws IOException {
        var file = Files.writeString(folder.resolve("issuers.yaml"), "issuers:\n  - issuer: https://issuer.example\n");

        assertThat(sound(Map.of("OCTOSTS_ISSUERS_FILE", file.toString()))
                        .exchange()
                        .issuers()
                        .file())
                .contains(file);
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                row("PORT", "1", Settings::port, 1),
                row("PORT", "65535", Settings::port, 65535),
                row("PORT", "", Settings::port, 8080),
                row("OCTOSTS_DRAIN", "5s", Settings::drain, Duration.ofSeconds(5)),
                row("OCTOSTS_DRAIN", "", Settings::drain, Duration.ZERO),
                row("OCTOSTS_MAX_CONNECTIONS", "16", Settings::maxConnections, 16),
                row("OCTOSTS_MAX_CONNECTIONS", "100000", Settings::maxConnections, 100_000),
                row("OCTOSTS_MAX_CONNECTIONS", "", Settings::maxConnections, 750),
                row("METRICS", "0", Settings::metrics, false),
                row("METRICS", "", Settings::metrics, true),
                row("OCTOSTS_PLAYGROUND", "false", Settings::playground, false),
                row("OCTOSTS_PLAYGROUND", "", Settings::playground, true),
                row("OCTOSTS_LOG_LEVEL", "Debug", Settings::logLevel, Settings.LogLevel.DEBUG),
                row(
                        "STS_DOMAIN",
                        "localhost:8080",
                        settings -> settings.exchange().domain(),
                        "localhost:8080"),
                row("GITHUB_APP_IDS", "2, 1,2", SettingsReaderTest::ids, List.of(2L, 1L)),
                row("GITHUB_BASE_URL", "", SettingsReaderTest::gitHub, "https://api.github.com"),
                row(
                        "GITHUB_BASE_URL",
                        "https://ghe.example/api/v3/",
                        SettingsReaderTest::gitHub,
                        "https://ghe.example/api/v3"),
                row(
                        "ORG_POLICY_REPO",
                        "my-policies",
                        settings -> settings.exchange().policyRepository(),
                        "my-policies"),
                row(
                        "OCTOSTS_ISSUER_ALLOW_LOOPBACK",
                        "t",
                        settings -> settings.exchange().issuers().allowLoopback(),
                        true),
                row(
                        "OCTOSTS_ISSUER_ALLOW_PRIVATE",
                        "1",
                        settings -> settings.exchange().issuers().allowPrivate(),
                        true),
                row(
                        "OCTOSTS_ALLOWED_ISSUERS",
                        "https://a.example, https://b.example/",
                        settings -> settings.exchange().issuers().allowed().size(),
                        2),
                row(
                        "OCTOSTS_QUOTA_FLOOR_SOFT",
                        "1500",
                        settings -> settings.exchange().gitHub().quota().softFloor(),
                        1500L),
                row(
                        "OCTOSTS_QUOTA_FLOOR_HARD",
                        "0",
                        settings -> settings.exchange().gitHub().quota().hardFloor(),
                        0L),
                row(
                        "OCTOSTS_QUOTA_STALE",
                        "1h30m5.5s",
                        settings -> settings.exchange().gitHub().quota().stale(),
                        Duration.parse("PT1H30M5.5S")),
                row("OCTOSTS_REFUSAL_DETAIL", "", SettingsReaderTest::detail, RefusalDetail.OWN),
                row("OCTOSTS_REFUSAL_DETAIL", "all", SettingsReaderTest::detail, RefusalDetail.ALL),
                row("OCTOSTS_REFUSAL_DETAIL", "none", SettingsReaderTest::detail, RefusalDetail.NONE),
                row("OCTOSTS_CALLER_RATE", "", SettingsReaderTest::rate, Optional.empty()),
                row("OCTOSTS_CALLER_RATE", "0.5", SettingsReaderTest::rate, Optional.of(new CallerRate(0.5, 20))),
                row("OCTOSTS_CALLER_RATE", "50", SettingsReaderTest::rate, Optional.of(new CallerRate(50, 50))),
                row("KMS_KEYS", "", SettingsReaderTest::ids, List.of(1001L)),
                row("OCTOSTS_STICKY_STORE", "", SettingsReaderTest::ids, List.of(1001L)));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource
    void accepted(String name, String value, Function<Settings, Object> read, Object expected) {
        assertThat(read.apply(sound(Map.of(name, value)))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PORT|abc|1 to 65535",
                "PORT|0|1 to 65535",
                "PORT|65536|1 to 65535",
                "PORT|-1|1 to 65535",
                "STS_DOMAIN|``|not set",
                "STS_DOMAIN|https://sts.example.com|without https://",
                "STS_DOMAIN|sts.example.com/|host name",
                "GITHUB_APP_IDS|``|not set",
                "GITHUB_APP_IDS|12,x|not the id",
                "GITHUB_APP_IDS|12,|not the id",
                "GITHUB_APP_IDS|0|not the id",
                "GITHUB_APP_IDS|-5|not the id",
                "GITHUB_BASE_URL|http://ghe.example/api/v3|https",
                "GITHUB_BASE_URL|://not-a-url|https",
                "GITHUB_BASE_URL|https://ghe.example?x=y|https",
                "ORG_POLICY_REPO|``|empty",
                "ORG_POLICY_REPO|owner/name|without its owner",
                "ORG_POLICY_REPO|..|repository",
                "OCTOSTS_DRAIN|5|duration",
                "OCTOSTS_DRAIN|-1s|not from 0s to 5m",
                "OCTOSTS_DRAIN|301s|not from 0s to 5m",
                "OCTOSTS_MAX_CONNECTIONS|many|not a number of connections",
                "OCTOSTS_MAX_CONNECTIONS|15|from 16 to 100000",
                "OCTOSTS_MAX_CONNECTIONS|100001|from 16 to 100000",
                "OCTOSTS_MAX_CONNECTIONS|-1|from 16 to 100000",
                "METRICS|maybe|boolean",
                "OCTOSTS_PLAYGROUND|off|boolean",
                "OCTOSTS_ISSUER_ALLOW_LOOPBACK|yes|boolean",
                "OCTOSTS_ISSUER_ALLOW_PRIVATE|yes|boolean",
                "OCTOSTS_ALLOWED_ISSUERS|accounts.google.com|https://",
                "OCTOSTS_ALLOWED_ISSUERS|,|issuers",
                "OCTOSTS_QUOTA_FLOOR_SOFT|1499|OCTOSTS_QUOTA_FLOOR_HARD",
                "OCTOSTS_QUOTA_FLOOR_HARD|-1|0 or more",
                "OCTOSTS_QUOTA_FLOOR_HARD|many|0 or more",
                "OCTOSTS_QUOTA_STALE|0s|positive",
                "OCTOSTS_QUOTA_STALE|-5m|positive",
                "OCTOSTS_QUOTA_STALE|300|duration",
                "OCTOSTS_REFUSAL_DETAIL|some|own (callers with standing get details), all or none",
                "OCTOSTS_REFUSAL_DETAIL|OWN|own (callers with standing get details), all or none",
                "OCTOSTS_CALLER_RATE|0|requests a second",
                "OCTOSTS_CALLER_RATE|-1|requests a second",
                "OCTOSTS_CALLER_RATE|1e3|requests a second",
                "OCTOSTS_CALLER_RATE|NaN|requests a second",
                "OCTOSTS_CALLER_RATE|1000000|requests a second",
                "OCTOSTS_CALLER_BURST|20|set without OCTOSTS_CALLER_RATE",
                "OCTOSTS_LOG_LEVEL|loud|error, warn, info, debug, trace",
                "OCTOSTS_STICKY_TTL|-1h|not from 1s to 720h",
                "OCTOSTS_STICKY_TTL|3600|is not a duration",
                "OCTOSTS_DB_URL|postgres://me:s3cret@db/x|this is no address of a database",
                "OCTOSTS_DB_URL|jdbc:mysql://db/x|this is no address of a database",
                "OCTOSTS_DB_URL|jdbc:h2:mem:x|this is no address of a database",
                "OCTOSTS_DB_URL|jdbc:h2:file:relative|this is no address of an H2 file",
                "OCTOSTS_DB_URL|jdbc:h2:file:/x;INIT=RUNSCRIPT FROM 'y'|this is no address of an H2 file",
                "OCTOSTS_STICKY_STORE|firestore|the stores are memory and jdbc",
                "OCTOSTS_STICKY_STORE|redis|the stores are memory and jdbc",
                "APP_CONFIG_FILE|/nonexistent/apps.yaml|apps.yaml\" does not exist",
                "OCTOSTS_GUARDRAILS_FILE|/nowhere/rails.yaml|the file \"/nowhere/rails.yaml\" does not exist",
                "OCTOSTS_READ_ONLY|yes|\"yes\" is not",
                "OCTOSTS_ISSUERS_FILE|/nowhere/issuers.yaml|/nowhere/issuers.yaml: the file cannot be read",
                "SSL_CERT_FILE|/nonexistent/ca.pem|/nonexistent/ca.pem",
                "SSL_CERT_DIR|/nonexistent|/nonexistent",
                "HTTPS_PROXY|socks5://proxy|http://host:port",
                "EVENT_INGRESS_URI|events.example.com|https://events.example.com",
                "EVENT_INGRESS_URI|ftp://events.example.com|https://events.example.com",
                "EVENT_INGRESS_URI|https://user:s3cret@events.example.com|https://events.example.com",
                "GITHUB_WEBHOOK_SECRET_NEXT|s3cret|GITHUB_WEBHOOK_SECRET",
                "GITHUB_WEBHOOK_ORGANIZATION_FILTER|octo-org/octo-repo|without a repository",
                "GITHUB_WEBHOOK_ORGANIZATION_FILTER|,|organizations",
                "OCTOSTS_WEBHOOK_SWEEP|30s|less than a minute",
                "OCTOSTS_WEBHOOK_SWEEP|10|duration",
            })
    void refuses(String name, String value, String words) {
        assertThat(faults(Map.of(name, value))).anySatisfy(fault -> {
            assertThat(fault.toString()).contains(name);
            assertThat(fault.toString()).contains(words).doesNotContain("\n");
        });
    }

    @Test
    void refuses_each_wrong_variable_in_one_round() {
        assertThat(faults(Map.of("PORT", "x", "METRICS", "y", "STS_DOMAIN", "")))
                .extracting(SettingFault::variable)
                .containsExactly("PORT", "STS_DOMAIN", "METRICS");
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"METRICS_PORT", "OCTOSTS_STICKY_STORE_FIRESTORE_PROJECT"})
    void starts_with_a_notice_that_names_but_does_not_show(String name) {
        assertThat(sound(Map.of(name, "s3cret")).notices())
                .singleElement()
                .asString()
                .startsWith(name)
                .doesNotContain("s3cret");
    }

    @Test
    void points_out_a_misspelt_variable() {
        assertThat(sound(Map.of("OCTOSTS_ALLOWED_ISSUER", "x")).notices())
                .containsExactly("\"OCTOSTS_ALLOWED_ISSUER\" is not a variable of this program; "
                        + "did you mean OCTOSTS_ALLOWED_ISSUERS?");
    }

    @Test
    void ignores_the_variables_of_others() {
        assertThat(sound(Map.of("PATH", "/bin", "KUBERNETES_PORT", "tcp://10.0.0.1:443", "HOME", "/"))
                        .notices())
                .isEmpty();
    }

    @Test
    void reads_how_many_requests_a_caller_may_make_at_once() {
        var settings = sound(Map.of("OCTOSTS_CALLER_RATE", "2", "OCTOSTS_CALLER_BURST", "3"));

        assertThat(rate(settings)).isEqualTo(Optional.of(new CallerRate(2, 3)));
        assertThat(faults(Map.of("OCTOSTS_CALLER_RATE", "2", "OCTOSTS_CALLER_BURST", "0")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString()).contains("requests at once"));
    }

    private static Object detail(Settings settings) {
        return settings.exchange().callers().refusalDetail();
    }

    private static Object rate(Settings settings) {
        return settings.exchange().callers().rate();
    }

    private static Object ids(Settings settings) {
        return settings.exchange().gitHub().apps().stream()
                .map(AppCredential::appId)
                .toList();
    }

    private static Object gitHub(Settings settings) {
        return settings.exchange().gitHub().address().toString();
    }

    private static Arguments row(String name, String value, Function<Settings, Object> read, Object expected) {
        return Arguments.of(name, value, read, expected);
    }

    private static Settings sound(Map<String, String> changes) {
        return switch (read(changes)) {
            case Outcome.Sound(var settings) -> settings;
            case Outcome.Faulty(var faults) -> throw new AssertionError("refused: " + faults);
        };
    }

    private static List<SettingFault> faults(Map<String, String> changes) {
        return switch (read(changes)) {
            case Outcome.Sound(var settings) -> throw new AssertionError("accepted: " + settings);
            case Outcome.Faulty(var faults) -> faults;
        };
    }

    private static Outcome read(Map<String, String> changes) {
        var variables = new HashMap<>(ACCEPTED);
        variables.putAll(changes);
        return SettingsReader.read(variables, ServedParts.ALL);
    }
}
