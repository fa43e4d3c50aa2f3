package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Sha256;
import dev.octosts.app.database.PostgresServer;
import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.StsClient;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program keeps the record of every token that a caller got, and stops callers on every replica. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PackagedAuditIT {

    private static final String DOMAIN = "sts.example.com";
    private static final String SCOPE = "octo-org/octo-repo";
    private static final int CALLERS = 8;
    private static final int TOKENS_BEFORE = 50;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final Network network =
            new Network(new Network.NetworkSettings("test/1", Optional.empty(), Optional.empty()));
    private Optional<PostgresServer> server = Optional.empty();

    @BeforeAll
    void start() throws Exception {
        server = PostgresServer.start();
        Present.assume("postgres", server.isPresent(), "no PostgreSQL on this machine");
    }

    /** All tests write to one chain, whatever became of their processes: it is verified once. */
    @AfterAll
    void verify_and_stop(@TempDir Path folder) throws Exception {
        network.close();
        sandbox.close();
        if (server.isPresent()) {
            try (var _ = server.get()) {
                assertThat(run(folder, 0, "audit", "verify")).contains("fit; the last one is");
            }
        }
    }

    /** A test that fails leaves no rule behind that stops the callers of the others. */
    @AfterEach
    void clear() throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM deny_rules");
            statement.executeUpdate("UPDATE deny_rules_version SET version = version + 1");
        }
    }

    private Connection connection() throws SQLException {
        var variables = database().variables();
        return DriverManager.getConnection(
                String.valueOf(variables.get("OCTOSTS_DB_URL")), variables.get("OCTOSTS_DB_USER"), null);
    }

    private PostgresServer database() {
        return server.orElseThrow();
    }

    private PackagedProgram started(Path folder, Map<String, String> more) throws IOException {
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        variables.putAll(database().variables());
        variables.put("OCTOSTS_AUDIT_SPOOL", folder.resolve("spool").toString());
        variables.putAll(more);
        return PackagedProgram.start(folder, variables);
    }

    private ExchangeAnswer exchange(PackagedProgram program) throws InterruptedException {
        var client = new StsClient(
                ServiceAddress.of("http://127.0.0.1:" + program.port()),
                network,
                RetryBudget.once(Duration.ofSeconds(30)));
        return client.exchange(new IdentityToken(world.workflowToken(DOMAIN).sign()), SCOPE, DemoWorld.CI);
    }

    private Set<String> recorded() throws SQLException {
        var recorded = new HashSet<String>();
        try (var connection = connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT token_sha256 FROM audit_records WHERE kind = 'exchange'"
                        + " AND outcome = 'granted'")) {
            while (rows.next()) {
                recorded.add(rows.getString(1));
            }
        }
        return recorded;
    }

    /** The digests of the tokens that callers got until the program was killed in their midst. */
    private Set<String> untilKilled(PackagedProgram program) throws Exception {
        Set<String> got = ConcurrentHashMap.newKeySet();
        var killed = new AtomicBoolean();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int caller = 0; caller < CALLERS; caller++) {
                running.add(callers.submit((Callable<Boolean>) () -> {
                    while (!killed.get()) {
                        if (exchange(program) instanceof ExchangeAnswer.Token token) {
                            got.add(Sha256.hex(token.value()));
                        }
                    }
                    return true;
                }));
            }
            Await.until("tokens", SOON.multipliedBy(4), () -> got.size() >= TOKENS_BEFORE);
            program.process().destroyForcibly().waitFor();
            killed.set(true);
            for (Future<?> one : running) {
                one.get();
            }
        }
        return got;
    }

    @ParameterizedTest
    @ValueSource(strings = {"durable", "async"})
    void a_process_that_is_killed_takes_no_record_of_a_token_with_it(String mode, @TempDir Path folder)
            throws Exception {
        Set<String> got;
        try (var program = started(folder, Map.of("OCTOSTS_AUDIT", mode)).ready()) {
            got = untilKilled(program);
        }
        if (mode.equals("durable")) {
            assertThat(recorded()).containsAll(got);
            return;
        }
        try (var _ = started(folder, Map.of("OCTOSTS_AUDIT", mode)).ready()) {
            Await.until("the spool is written", SOON, () -> recorded().containsAll(got));
        }
    }

    @Test
    void a_spool_outlives_a_database_that_is_down_and_a_process_that_is_killed_meanwhile(@TempDir Path folder)
            throws Exception {
        Set<String> got;
        try (var program = started(folder, Map.of("OCTOSTS_AUDIT", "async")).ready()) {
            assertThat(exchange(program)).isInstanceOf(ExchangeAnswer.Token.class);
            database().stop();
            try {
                got = untilKilled(program);
            } finally {
                database().resume();
            }
        }

        try (var _ = started(folder, Map.of("OCTOSTS_AUDIT", "async")).ready()) {
            Await.until("the spool is written", SOON, () -> recorded().containsAll(got));
        }
    }

    @Test
    void no_token_leaves_while_the_store_is_down_that_it_has_to_wait_for(@TempDir Path folder) throws Exception {
        try (var program = started(folder, Map.of("OCTOSTS_AUDIT", "durable")).ready()) {
            assertThat(exchange(program)).isInstanceOf(ExchangeAnswer.Token.class);
            database().stop();
            try {
                for (ExchangeAnswer answer : together(program, 3)) {
                    assertThat(answer)
                            .isInstanceOfSatisfying(
                                    ExchangeAnswer.Refused.class,
                                    refused -> assertThat(refused.httpStatus()).isEqualTo(503));
                }
            } finally {
                database().resume();
            }
            Await.until("tokens again", SOON, () -> exchange(program) instanceof ExchangeAnswer.Token);
        }
    }

    /** Each of them may wait for the store as long as it is waited for. */
    private List<ExchangeAnswer> together(PackagedProgram program, int callers) throws Exception {
        var answers = new ArrayList<ExchangeAnswer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ExchangeAnswer> caller = () -> exchange(program);
            for (var answer : threads.invokeAll(Collections.nCopies(callers, caller))) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    @Test
    void a_deny_rule_stops_callers_on_every_replica_within_a_second(@TempDir Path folder) throws Exception {
        try (var one = started(Files.createDirectory(folder.resolve("one")), Map.of());
                var other = started(Files.createDirectory(folder.resolve("other")), Map.of())) {
            one.ready();
            other.ready();
            assertThat(exchange(one)).isInstanceOf(ExchangeAnswer.Token.class);
            assertThat(exchange(other)).isInstanceOf(ExchangeAnswer.Token.class);

            String added = run(folder, 0, "deny", "add", "--owner", "octo-org", "--reason", "incident 42");
            Await.until("both refuse", Duration.ofSeconds(5), () -> isStopped(one) && isStopped(other));
            assertThat(one.output()).contains("stopped by deny rule", "incident 42");

            String id = added.split(" ", -1)[2];
            assertThat(run(folder, 0, "deny", "list")).contains(id, "owner octo-org", "incident 42");
            run(folder, 0, "deny", "remove", id, "--reason", "over");
            Await.until(
                    "both grant",
                    SOON,
                    () -> exchange(one) instanceof ExchangeAnswer.Token
                            && exchange(other) instanceof ExchangeAnswer.Token);
        }
    }

    private boolean isStopped(PackagedProgram program) throws InterruptedException {
        return exchange(program) instanceof ExchangeAnswer.Refused refused
                && refused.asGrpcError()
                        .equals("rpc error: code = PermissionDenied desc = token does not match trust policy");
    }

    @Test
    void a_process_that_does_not_know_whom_to_stop_is_not_ready_and_grants_nothing(@TempDir Path folder)
            throws Exception {
        try (var program = started(folder, Map.of("OCTOSTS_DB_URL", "jdbc:postgresql://127.0.0.1:1/none"))) {
            Await.until("it answers", SOON.multipliedBy(4), () -> answers(program));

            assertThat(program.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(program.get("/health/ready").body()).contains("deny_rules");
            assertThat(exchange(program))
                    .isInstanceOfSatisfying(
                            ExchangeAnswer.Refused.class,
                            refused -> assertThat(refused.asGrpcError())
                                    .contains("unable to tell whether this caller is stopped"));
        }
    }

    private static boolean answers(PackagedProgram program) throws InterruptedException {
        try {
            return program.get("/health/live").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Runs a command of the program as an operator does. */
    private String run(Path folder, int status, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "command", ".log");
        var builder = new ProcessBuilder(PackagedProgram.command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OCTOSTS_"));
        builder.environment().putAll(database().variables());
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(status);
        return Files.readString(output);
    }
}
