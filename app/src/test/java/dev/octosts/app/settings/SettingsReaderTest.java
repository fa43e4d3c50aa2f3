package dev.octosts.app.settings;

import static dev.octosts.app.settings.TestSettings.faults;
import static dev.octosts.app.settings.TestSettings.sound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.CallerRate;
import dev.octosts.exchange.QuotaSettings;
import dev.octosts.exchange.ReadTokenUse;
import dev.octosts.exchange.RefusalDetail;
import dev.octosts.exchange.TokenReuse;
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

/** Settings that are accepted, and what is noticed about them. */
class SettingsReaderTest {

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
                row("OCTOSTS_GRPC", "0", Settings::grpc, false),
                row("OCTOSTS_GRPC", "", Settings::grpc, true),
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
                row("OCTOSTS_READ_TOKENS", "", SettingsReaderTest::readTokens, ReadTokenUse.REPOSITORY),
                row("OCTOSTS_READ_TOKENS", "shared", SettingsReaderTest::readTokens, ReadTokenUse.SHARED),
                row("OCTOSTS_TOKEN_REUSE", "", SettingsReaderTest::reuse, TokenReuse.ALLOW),
                row("OCTOSTS_TOKEN_REUSE", "allow", SettingsReaderTest::reuse, TokenReuse.ALLOW),
                row("OCTOSTS_TOKEN_REUSE", "deny", SettingsReaderTest::reuse, TokenReuse.DENY_IN_MEMORY),
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

    @ParameterizedTest
    @CsvSource({"OCTOSTS_DB_URL, jdbc:postgresql://db.example/octosts", "OCTOSTS_STICKY_STORE, jdbc"})
    void remembers_used_tokens_in_the_database_where_there_is_one(String name, String value) {
        assertThat(reuse(sound(Map.of(name, value, "OCTOSTS_TOKEN_REUSE", "deny"))))
                .isEqualTo(TokenReuse.DENY_IN_DATABASE);
        assertThat(reuse(sound(Map.of(name, value)))).isEqualTo(TokenReuse.ALLOW);
    }

    @Test
    void keeps_records_where_there_is_a_database_and_as_the_operator_wants() {
        var database = Map.of("OCTOSTS_DB_URL", "jdbc:postgresql://db.example/octosts");
        assertThat(sound(Map.of()).audit().mode()).isEqualTo(AuditSettings.AuditMode.OFF);
        assertThat(sound(database).audit().mode()).isEqualTo(AuditSettings.AuditMode.ASYNC);
        assertThat(sound(database).audit().retention()).isEmpty();
        assertThat(sound(database).audit().spoolBytes()).isEqualTo(256L << 20);
        assertThat(sound(Map.of("STATE_DIRECTORY", "/var/lib/octo-sts")).audit().spool())
                .isEqualTo(Path.of("/var/lib/octo-sts/audit-spool"));

        var chosen = new HashMap<>(database);
        chosen.put("OCTOSTS_AUDIT", "durable");
        chosen.put("OCTOSTS_AUDIT_RETENTION", "400d");
        chosen.put("OCTOSTS_AUDIT_SPOOL", "/srv/spool");
        chosen.put("OCTOSTS_AUDIT_SPOOL_SIZE", "1GiB");
        chosen.put("OCTOSTS_USAGE_RETENTION", "200d");
        assertThat(sound(chosen).audit())
                .isEqualTo(new AuditSettings(
                        AuditSettings.AuditMode.DURABLE,
                        Optional.of(Duration.ofDays(400)),
                        Path.of("/srv/spool"),
                        1L << 30,
                        Duration.ofDays(200),
                        Optional.empty()));
        chosen.put("OCTOSTS_AUDIT", "off");
        chosen.put("OCTOSTS_AUDIT_RETENTION", "48h");
        assertThat(sound(chosen).audit().mode()).isEqualTo(AuditSettings.AuditMode.OFF);
        assertThat(sound(chosen).audit().retention()).contains(Duration.ofDays(2));
    }

    @Test
    void keeps_tokens_sealed_only_with_a_key(@TempDir Path folder) throws IOException {
        var chosen = new HashMap<>(
                Map.of("OCTOSTS_DB_URL", "jdbc:postgresql://db.example/octosts", "OCTOSTS_REVOCABLE_TOKENS", "false"));
        assertThat(sound(chosen).audit().sealing()).isEmpty();
        chosen.put("OCTOSTS_REVOCABLE_TOKENS", "true");
        chosen.put(
                "OCTOSTS_REVOCABLE_TOKENS_KEY",
                Files.writeString(folder.resolve("key"), "ab".repeat(32)).toString());
        assertThat(sound(chosen).audit().sealing()).isPresent();
        chosen.put("OCTOSTS_REVOCABLE_TOKENS_KEY", "file://" + folder.resolve("key"));
        assertThat(sound(chosen).audit().sealing()).isPresent();
    }

    private static Object reuse(Settings settings) {
        return settings.exchange().callers().reuse();
    }

    private static Object readTokens(Settings settings) {
        return settings.exchange().gitHub().readTokens();
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
}
