package dev.octosts.app.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Sha256;
import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.TestRecords;
import dev.octosts.app.cli.githubapp.AppTest;
import dev.octosts.app.database.OperatorDatabase;
import dev.octosts.app.settings.SettingsReader;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.sandbox.github.Account;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.github.InstallationToken;
import dev.octosts.sandbox.github.Level;
import dev.octosts.sandbox.github.Permissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit log of an organization, read from a GitHub with pages, limits and permissions. */
@Timeout(60)
class OrganizationImportTest extends AppTest {

    private final Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(5));

    private final GitHubApp app =
            sandbox.github().app(4711, "our-sts", Permissions.none().and("organization_administration", Level.READ));
    private final Account organization = sandbox.github().organization("Octo-Org");
    private Map<String, String> variables = Map.of();

    @BeforeEach
    void begin() throws Exception {
        sandbox.github().install(app, organization);
        variables = deployment(
                app,
                "OCTOSTS_DB_URL",
                "jdbc:h2:file:" + folder.resolve("octo-sts").toAbsolutePath());
        try (var database = OperatorDatabase.open(SettingsReader.database(variables))) {
            database.audit()
                    .append(List.of(TestRecords.record(AuditRecord.newId(), first, Sha256.hex("ghs_ours"))), false);
        }
    }

    private Result run(String... arguments) {
        return call(AuditImportCommand::new, variables, arguments);
    }

    /** One event a minute, of our token and of another one in turn. */
    private void happens(int events) {
        for (int number = 0; number < events; number++) {
            sandbox.github()
                    .auditLog(organization)
                    .add(
                            first.plusSeconds(60L * number),
                            number % 3 == 0 ? "git.clone" : "repo.create",
                            number % 2 == 0 ? "ghs_ours" : "ghs_others",
                            "Octo-Org/octo-repo",
                            Map.of());
        }
    }

    private List<UsageStore.Window> known() throws Exception {
        try (var database = OperatorDatabase.open(SettingsReader.database(variables))) {
            return database.usage(Duration.ofDays(100), Clock.systemUTC()).windows();
        }
    }

    private List<InstallationToken> minted() {
        return sandbox.github().mintedTokens();
    }

    @Test
    void reads_every_page_with_a_token_of_its_own_that_is_revoked() throws Exception {
        happens(250);

        var read = run("--organization", "Octo-Org");

        assertThat(read.status()).as(read.out() + read.err()).isZero();
        assertThat(read.out().strip())
                .isEqualTo(
                        "organization octo-org: 250 events, 125 new, 0 known already, 125 of no token of this service");
        assertThat(sandbox.github().calls().all().stream().filter(call -> call.kind() == CallKind.AUDIT_LOG))
                .hasSize(3);
        assertThat(minted()).hasSize(1);
        assertThat(minted().getFirst().permissions())
                .isEqualTo(Permissions.none().and("organization_administration", Level.READ));
        assertThat(sandbox.github().liveTokens(Set.of())).isEmpty();
        assertThat(known()).singleElement().satisfies(window -> {
            assertThat(window.owner()).isEqualTo("octo-org");
            assertThat(window.kind()).isEqualTo(UsageStore.Kind.LOG);
            assertThat(window.from()).as("what GitHub was asked for").isBefore(first.minus(Duration.ofDays(90)));
            assertThat(window.until()).isAfter(Instant.now().minus(Duration.ofHours(1)));
        });
    }

    @Test
    void goes_on_where_it_stopped_and_counts_no_event_twice() {
        happens(250);

        var first = run("--organization", "octo-org", "--pages", "1", "--json");
        assertThat(first.status()).isOne();
        assertThat(first.out())
                .contains("\"events\":100,\"stored\":50,\"repeated\":0")
                .contains("1 pages were read, and there are more; run this again: it goes on where it stopped");
        var rest = run("--organization", "octo-org", "--json");
        assertThat(rest.status()).isZero();
        assertThat(rest.out()).contains("\"events\":161,\"stored\":75,\"repeated\":5");
        assertThat(run("--organization", "octo-org").out()).contains(" 0 new, ");
    }

    @Test
    void keeps_what_came_before_a_failure() throws Exception {
        happens(150);
        sandbox.github()
                .fault(
                        call -> call.kind() == CallKind.AUDIT_LOG
                                && call.query().containsKey("after"),
                        Faults.status(502),
                        1);

        var failed = run("--organization", "octo-org");

        assertThat(failed.status()).isOne();
        assertThat(failed.out())
                .contains("100 events, 50 new", "GitHub does not answer as it documents; run this again");
        assertThat(known().getLast().until()).isEqualTo(first.plusSeconds(60 * 99));
        assertThat(sandbox.github().liveTokens(Set.of())).isEmpty();
        assertThat(run("--organization", "octo-org").out()).contains(" 25 new");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere  | App 4711 is not installed on nowhere; install it there",
                "narrow   | narrow has not granted App 4711 organization_administration: read; add it to the App",
                "small    | GitHub shows no audit log of small; only organizations of GitHub Enterprise Cloud",
                "octo-org | GitHub refuses App 4711 the audit log of octo-org; it needs organization_administration: read",
            })
    void says_what_is_missing(String owner, String message) {
        sandbox.github().install(app, sandbox.github().organization("narrow")).grant(Permissions.none());
        sandbox.github().install(app, sandbox.github().organization("small"));
        sandbox.github().auditLog(sandbox.github().organization("small")).shown(false);
        sandbox.github()
                .fault(
                        call -> call.kind() == CallKind.AUDIT_LOG
                                && call.owner().filter("octo-org"::equals).isPresent(),
                        Faults.status(403));

        var refused = run("--organization", owner);

        assertThat(refused.status()).isOne();
        assertThat(refused.out()).contains(message);
        assertThat(sandbox.github().liveTokens(Set.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pages=3|give a FILE, or --organization",
                "--organization=a file.json|and not both",
                "--organization=a/b|--organization is not the name",
                "--organization=a --pages=0|--pages is a number",
            })
    void refuses_what_makes_no_sense(String arguments, String message) {
        var refused = run(arguments.split(" ", -1));
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains(message);
    }
}
