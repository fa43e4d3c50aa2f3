package dev.octosts.app.settings;

import static dev.octosts.app.settings.TestSettings.faults;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings with which the program does not start. */
class RefusedSettingsTest {

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
                "OCTOSTS_GRPC|off|boolean",
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
                "OCTOSTS_READ_TOKENS|both|repository (a token for each read, revoked after it) or shared",
                "OCTOSTS_READ_TOKENS|Shared|repository (a token",
                "OCTOSTS_TOKEN_REUSE|once|allow (a token is exchanged as often as its caller likes) or deny (once)",
                "OCTOSTS_TOKEN_REUSE|DENY|allow (a token",
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
                "OCTOSTS_AUDIT|sync|durable (no token leaves before its record is committed)",
                "OCTOSTS_AUDIT|durable|needs a database; set OCTOSTS_DB_URL",
                "OCTOSTS_AUDIT|async|needs a database; set OCTOSTS_DB_URL",
                "OCTOSTS_AUDIT_RETENTION|400|is not a duration",
                "OCTOSTS_AUDIT_RETENTION|0d|not from 1d to 3650d",
                "OCTOSTS_AUDIT_RETENTION|1h|not from 1d to 3650d",
                "OCTOSTS_AUDIT_RETENTION|3651d|not from 1d to 3650d",
                "OCTOSTS_USAGE_RETENTION|0d|not from 1d to 3650d",
                "OCTOSTS_REVOCABLE_TOKENS|true|needs a database with records of exchanges; set OCTOSTS_DB_URL",
                "OCTOSTS_AUDIT_SPOOL|spool|give an absolute path",
                "OCTOSTS_AUDIT_SPOOL_SIZE|1000000|not a size from 1MiB to 64GiB",
                "OCTOSTS_AUDIT_SPOOL_SIZE|1023KiB|not a size from 1MiB to 64GiB",
                "OCTOSTS_AUDIT_SPOOL_SIZE|65GiB|not a size from 1MiB to 64GiB",
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
                "OCTOSTS_EVENT_IDENTITY|google|an identity token goes to an https address alone",
                "OCTOSTS_EVENT_IDENTITY|azure|neither google nor none",
                "GITHUB_WEBHOOK_SECRET_NEXT|s3cret|GITHUB_WEBHOOK_SECRET",
                "GITHUB_WEBHOOK_ORGANIZATION_FILTER|octo-org/octo-repo|without a repository",
                "GITHUB_WEBHOOK_ORGANIZATION_FILTER|,|organizations",
                "OCTOSTS_REVIEW_EVERY_HEAD|yes|\"yes\" is not",
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
}
