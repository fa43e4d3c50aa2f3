package dev.octosts.app.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.CommandEnvironment;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands on a database of their own. */
@Timeout(60)
class OperatorCommandsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T04:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private record Result(int status, String out, String err) {}

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("octo-sts").toAbsolutePath();
    }

    private Result run(Function<CommandEnvironment, Callable<Integer>> command, String... arguments) {
        return run(command, Map.of("OCTOSTS_DB_URL", url()), arguments);
    }

    private Result run(
            Function<CommandEnvironment, Callable<Integer>> command,
            Map<String, String> variables,
            String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = new CommandLine(command.apply(new CommandEnvironment(
                        variables, InputStream.nullInputStream(), Clock.fixed(NOW, ZoneOffset.UTC), folder)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }

    @Test
    void a_rule_is_added_listed_and_removed_and_each_act_is_on_record() throws Exception {
        var added = run(
                DenyAddCommand::new,
                "--owner",
                "Octo-Org",
                "--subject",
                "repo:octo-org/*",
                "--reason",
                "incident 42",
                "--for",
                "90m");
        assertThat(added.status()).as(added.err()).isZero();
        assertThat(added.out()).contains("is in force within a second, until 2026-11-30T05:30:00Z");
        String id = added.out().split(" ", -1)[2];

        assertThat(run(DenyListCommand::new).out())
                .contains(id + "  owner octo-org, subject repo:octo-org/*  (incident 42; by ")
                .contains("until 2026-11-30T05:30:00Z");
        assertThat(run(DenyListCommand::new, "--json").out())
                .startsWith("{\"id\":\"" + id + "\",\"owner\":\"octo-org\",\"subject\":\"repo:octo-org/*\"");

        assertThat(run(DenyRemoveCommand::new, id, "--reason", "over").status()).isZero();
        assertThat(run(DenyListCommand::new).out().strip()).isEqualTo("no deny rules");
        var again = run(DenyRemoveCommand::new, id, "--reason", "over");
        assertThat(again.status()).isOne();
        assertThat(again.err()).contains("there is no deny rule " + id);
        assertThat(run(AuditVerifyCommand::new).out()).startsWith("2 records fit; the last one is 2:");
    }

    @Test
    void a_record_that_was_changed_is_named_with_status_1() throws Exception {
        for (int number = 0; number < 3; number++) {
            run(DenyAddCommand::new, "--owner", "octo-org", "--reason", "incident " + number);
        }
        String sound = run(AuditVerifyCommand::new, "--json").out();
        assertThat(sound).startsWith("{\"sound\":true,\"records\":3,\"seq\":3,\"hash\":\"");
        try (var connection = DriverManager.getConnection(url() + ";DATABASE_TO_LOWER=TRUE");
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE audit_records SET subject = 'somebody else' WHERE seq = 2");
        }

        var broken = run(AuditVerifyCommand::new);

        assertThat(broken.status()).isOne();
        assertThat(broken.out()).startsWith("record 2 (").contains("its content or its place was changed");
        assertThat(run(AuditVerifyCommand::new, "--json").out()).startsWith("{\"sound\":false,\"seq\":2,");
    }

    @Test
    void a_record_that_was_noted_before_has_to_be_there() {
        run(DenyAddCommand::new, "--owner", "octo-org", "--reason", "incident");
        String link = run(AuditVerifyCommand::new).out().strip().replaceFirst(".* is ", "");

        assertThat(run(AuditVerifyCommand::new, "--expect", link).status()).isZero();
        assertThat(run(AuditVerifyCommand::new, "--expect", "7" + link).status())
                .isOne();
        assertThat(run(AuditVerifyCommand::new, "--expect", "7").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--reason=x|the rule would stop everybody",
                "--owner=a/b --reason=x|--owner is not the name of an account",
                "--repository=r --reason=x|--repository needs --owner",
                "--owner=a --repository=a/b --reason=x|without its owner",
                "--owner=a --reason=|--reason is empty; a reason is needed",
                "--subject=* --reason=x|the rule would stop everybody",
                "--claim=sub=* --reason=x|the rule would stop everybody",
                "--subject=a*b --reason=x|--subject has a * before its end, where it has no meaning",
                "--issuer=https://* --reason=x|--issuer has a *, which stands for any text only at the end",
                "--claim=ref --reason=x|--claim is not NAME=VALUE",
                "--claim==x --reason=x|--claim is not NAME=VALUE",
                "--owner=a --reason=x --for=5|--for is a time such as 90m or 24h",
                "--owner=a --reason=x --for=-5m|--for is a time such as 90m or 24h",
                "--owner=a|--reason",
            })
    void refuses_what_makes_no_rule(String arguments, String message) {
        var result = run(DenyAddCommand::new, arguments.split(" ", -1));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(message);
    }

    @Test
    void says_which_variable_is_missing_or_wrong_and_what_the_database_says() {
        for (Function<CommandEnvironment, Callable<Integer>> command :
                List.<Function<CommandEnvironment, Callable<Integer>>>of(
                        DenyListCommand::new, AuditVerifyCommand::new)) {
            assertThat(run(command, Map.of())).satisfies(result -> {
                assertThat(result.status()).isEqualTo(2);
                assertThat(result.err()).contains("OCTOSTS_DB_URL: not set");
            });
            assertThat(run(command, Map.of("OCTOSTS_DB_URL", "jdbc:mysql://x")).status())
                    .isEqualTo(2);
        }
        var down =
                run(DenyListCommand::new, Map.of("OCTOSTS_DB_URL", "jdbc:postgresql://127.0.0.1:1/x?password=s3cret"));
        assertThat(down.status()).isEqualTo(3);
        assertThat(down.err()).contains("the database cannot be used").doesNotContain("s3cret");
    }
}
