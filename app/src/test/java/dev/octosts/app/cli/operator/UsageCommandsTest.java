package dev.octosts.app.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Sha256;
import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.database.OperatorDatabase;
import dev.octosts.app.settings.SettingsReader;
import dev.octosts.github.GitBlob;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What tokens were used for, from the files of GitHub's stream to the report. */
@Timeout(60)
class UsageCommandsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T06:00:00Z");
    private static final Instant BEGIN = NOW.minus(Duration.ofDays(40));
    private static final String POLICY = """
            issuer: https://token.actions.githubusercontent.com
            subject: repo:octo-org/octo-repo:ref:refs/heads/main
            permissions:
              contents: write
              issues: write # comments
              packages: read
              pull_requests: write
            """;
    private static final String PATH = "octo-org/octo-repo/.github/chainguard/ci.sts.yaml";

    @TempDir
    Path folder = Path.of("");

    private record Result(int status, String out, String err) {}

    private Map<String, String> variables() {
        return Map.of(
                "OCTOSTS_DB_URL", "jdbc:h2:file:" + folder.resolve("octo-sts").toAbsolutePath());
    }

    private Result run(
            Function<CommandEnvironment, Callable<Integer>> command,
            Map<String, String> variables,
            InputStream input,
            String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = new CommandLine(command.apply(
                        new CommandEnvironment(variables, input, Clock.fixed(NOW, ZoneOffset.UTC), folder)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }

    private Result run(Function<CommandEnvironment, Callable<Integer>> command, String... arguments) {
        return run(command, variables(), InputStream.nullInputStream(), arguments);
    }

    private static String token(Instant at) {
        return Sha256.hex("token of " + at);
    }

    private static AuditRecord grant(Instant at, String identity, String blob) {
        return new AuditRecord(
                AuditRecord.newId(),
                at,
                AuditRecord.Kind.EXCHANGE,
                "granted",
                new AuditRecord.RecordedTarget("octo-org", "octo-repo", identity),
                new AuditRecord.RecordedCaller(
                        "https://token.actions.githubusercontent.com", "repo:octo-org/octo-repo"),
                new AuditRecord.Policy(PATH.replace("ci.sts", identity + ".sts"), blob),
                new AuditRecord.RecordedToken(token(at), Optional.of(at.plusSeconds(3_600))),
                7,
                "",
                "{\"permissions\":{\"contents\":\"write\",\"issues\":\"write\",\"packages\":\"read\","
                        + "\"pull_requests\":\"write\"},\"repositories\":[\"octo-repo\"],\"run_id\":\"42\"}");
    }

    private void grants(AuditRecord... records) throws Exception {
        try (var database = OperatorDatabase.open(SettingsReader.database(variables()))) {
            database.audit().append(List.of(records), false);
        }
    }

    private static String request(Instant token, Instant at, String method, String path) {
        return event(token, at, "api.request", "\"request_method\":\"" + method + "\",\"url_path\":\"" + path + "\"");
    }

    private static String event(Instant token, Instant at, String action, String more) {
        return "{\"_document_id\":\"" + Sha256.hex(at + action + more).substring(0, 22) + "\",\"@timestamp\":"
                + at.toEpochMilli() + ",\"action\":\"" + action + "\",\"org\":\"octo-org\","
                + "\"repo\":\"octo-org/octo-repo\",\"hashed_token\":\""
                + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(token(token))) + "\"," + more + "}";
    }

    /** A request in three days out of four, so that nothing is missing in between. */
    private static List<String> usual() {
        var events = new ArrayList<String>();
        for (Instant at = BEGIN; at.isBefore(NOW); at = at.plus(Duration.ofDays(2))) {
            events.add(request(BEGIN, at, "GET", "/repos/octo-org/octo-repo/contents/a/b.md"));
        }
        events.add(request(BEGIN, NOW.minusSeconds(60), "PATCH", "/repos/octo-org/octo-repo/pulls/1"));
        return events;
    }

    private void importing(List<String> events) throws Exception {
        Files.writeString(folder.resolve("log.json"), String.join("\n", events));
        var imported = run(AuditImportCommand::new, "log.json");
        assertThat(imported.status()).as(imported.out() + imported.err()).isZero();
    }

    @Test
    void an_event_counts_once_however_often_its_file_is_imported() throws Exception {
        grants(grant(BEGIN, "ci", "b10b"));
        Files.createDirectories(folder.resolve("logs/2026"));
        Files.writeString(
                folder.resolve("logs/2026/a.json"),
                request(BEGIN, NOW, "GET", "/meta") + "\n{secret-in-a-broken-line\n" + request(NOW, NOW, "GET", "/meta")
                        + "\n");

        assertThat(run(AuditImportCommand::new, "logs")).satisfies(result -> {
            assertThat(result.status()).isOne();
            assertThat(result.out().strip())
                    .isEqualTo("logs/2026/a.json: 2 events, 1 new, 0 known already, 1 of no token of this service;"
                            + " 1 no events, in line 2");
        });
        assertThat(run(AuditImportCommand::new, "logs", "--json").out().strip())
                .isEqualTo("{\"source\":\"logs/2026/a.json\",\"events\":2,\"stored\":0,\"repeated\":1,\"others\":1,"
                        + "\"broken\":1,\"broken_lines\":[2]}");
        var input = new ByteArrayInputStream(request(BEGIN, NOW, "GET", "/meta").getBytes(StandardCharsets.UTF_8));
        assertThat(run(AuditImportCommand::new, variables(), input, "-").out())
                .startsWith("standard input: 1 events, 0 new, 1 known already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.json", "../\0"})
    void says_which_file_cannot_be_read(String file) {
        assertThat(run(AuditImportCommand::new, file).status()).isEqualTo(2);
        assertThat(run(
                                AuditImportCommand::new,
                                Map.of("OCTOSTS_USAGE_RETENTION", "soon"),
                                InputStream.nullInputStream(),
                                "x")
                        .err())
                .contains("OCTOSTS_USAGE_RETENTION");
    }

    @Test
    void proposes_the_narrower_policy_as_a_diff_of_the_version_that_granted() throws Exception {
        Files.createDirectories(folder.resolve("src/octo-repo/.github/chainguard"));
        Files.writeString(folder.resolve("src/octo-repo/.github/chainguard/ci.sts.yaml"), POLICY);
        String blob = GitBlob.id(POLICY.getBytes(StandardCharsets.UTF_8));
        grants(grant(BEGIN, "ci", blob));
        importing(usual());

        var report = run(AuditReportCommand::new, "--policies", "src");

        assertThat(report.status()).as(report.err()).isZero();
        assertThat(report.out())
                .contains("usage by octo-org is known from " + BEGIN, "with requests to the API")
                .contains("  contents: write  used to read only\n")
                .contains("  issues: write  never used\n")
                .contains("  packages: read  unknown: GitHub's audit log does not show its use\n")
                .contains("  pull_requests: write  used\n")
                .endsWith("""
                        --- a/.github/chainguard/ci.sts.yaml
                        +++ b/.github/chainguard/ci.sts.yaml
                        @@ -1,7 +1,6 @@
                         issuer: https://token.actions.githubusercontent.com
                         subject: repo:octo-org/octo-repo:ref:refs/heads/main
                         permissions:
                        -  contents: write
                        -  issues: write # comments
                        +  contents: read
                           packages: read
                           pull_requests: write

                        no token for 30 days:
                          octo-org/octo-repo/.github/chainguard/ci.sts.yaml
                        """);
        assertThat(run(AuditReportCommand::new, "--json").out())
                .contains("\"enough\":{\"contents\":\"read\",\"packages\":\"read\",\"pull_requests\":\"write\"}")
                .contains("\"note\":\"give --policies FOLDER for a diff\"")
                .contains("{\"permission\":\"issues\",\"granted\":\"write\",\"state\":\"unused\"}");
        Files.writeString(folder.resolve("src/octo-repo/.github/chainguard/ci.sts.yaml"), POLICY + "# newer\n");
        assertThat(run(AuditReportCommand::new, "--policies", "src").out())
                .contains("version " + blob + " of the file is not below the folder");
    }

    @Test
    void never_calls_unused_what_cannot_be_known() throws Exception {
        grants(grant(BEGIN, "ci", "b10b"));
        assertThat(run(AuditReportCommand::new).out())
                .contains("issues: write  unknown: no requests to the API are known of this account")
                .doesNotContain("never used", "enough:");

        importing(List.of(
                request(BEGIN, NOW.minus(Duration.ofDays(2)), "GET", "/repos/octo-org/octo-repo/contents/a"),
                request(BEGIN, NOW, "GET", "/repos/octo-org/octo-repo/contents/a")));
        assertThat(run(AuditReportCommand::new).out())
                .contains("issues: write  unknown: usage is known only since 2026-11-28T06:00:00Z")
                .doesNotContain("never used", "enough:");

        var graphql = new ArrayList<>(usual());
        graphql.add(request(BEGIN, NOW.minusSeconds(5), "POST", "/graphql"));
        importing(graphql);
        assertThat(run(AuditReportCommand::new).out())
                .contains("issues: write  unknown: it may have been needed for POST /graphql")
                .doesNotContain("never used", "enough:");
    }

    @Test
    void a_permission_that_is_new_is_not_unused() throws Exception {
        Instant later = NOW.minus(Duration.ofDays(3));
        grants(grant(BEGIN, "other", "b10b"), grant(later, "ci", "b10b"));
        importing(usual());

        assertThat(run(AuditReportCommand::new).out())
                .contains("issues: write  unknown: it is granted only since " + later);
    }

    @Test
    void names_new_places_and_tokens_that_outlived_their_run_and_policies_without_tokens() throws Exception {
        Instant early = NOW.minus(Duration.ofDays(95));
        Instant recent = NOW.minus(Duration.ofHours(2));
        grants(grant(early, "old", "b10b"), grant(BEGIN, "ci", "b10b"), grant(recent, "ci", "b10b"));
        importing(List.of(
                event(BEGIN, BEGIN.plusSeconds(9), "git.clone", "\"actor_location\":{\"country_code\":\"US\"}"),
                event(recent, recent.plusSeconds(9), "git.clone", "\"actor_location\":{\"country_code\":\"XX\"}"),
                "{\"_document_id\":\"end\",\"@timestamp\":"
                        + recent.plusSeconds(60).toEpochMilli()
                        + ",\"action\":\"workflows.completed_workflow_run\",\"org\":\"octo-org\",\"workflow_run_id\":42}",
                event(recent, recent.plusSeconds(600), "git.push", "\"actor_location\":{\"country_code\":\"US\"}")));

        assertThat(run(AuditReportCommand::new, "--owner", "Octo-Org").out())
                .contains("new place: XX, first at " + recent.plusSeconds(9))
                .doesNotContain("new place: US")
                .contains("used after the end of its run: token " + token(recent) + " of run 42, which ended at "
                        + recent.plusSeconds(60) + "; 1 events, the last at " + recent.plusSeconds(600))
                .endsWith("no token for 90 days:\n  octo-org/octo-repo/.github/chainguard/old.sts.yaml\n");
        assertThat(run(AuditReportCommand::new, "--owner", "other").out()).doesNotContain("octo-repo/.github");
    }

    @Test
    void refuses_options_that_make_no_sense() {
        assertThat(run(AuditReportCommand::new, "--known-for", "0").err()).contains("--known-for");
        assertThat(run(AuditReportCommand::new, "--policies", "nowhere").status())
                .isEqualTo(2);
    }
}
