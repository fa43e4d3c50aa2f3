package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.JsonObjects;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged prober and the packaged service, which also probes itself; and what both tell those who watch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedProbeIT {

    private static final String DOMAIN = "sts.example.com";
    private static final String SCOPE = DemoWorld.OWNER + "/" + DemoWorld.REPOSITORY;
    private static final Path OBSERVABILITY = Path.of("..", "deploy", "observability");
    private static final Pattern METRIC = Pattern.compile("\\b(?:octosts|github)_[a-z_]+\\b");

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final Path folder;
    private final Map<String, String> way;
    private final PackagedProgram program;

    PackagedProbeIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.way = Map.of(
                "SSL_CERT_FILE",
                sandbox.authority().writePem(folder.resolve("ca.pem")).toString(),
                "GITHUB_BASE_URL",
                sandbox.github().baseUri().toString(),
                "STS_DOMAIN",
                DOMAIN,
                "PROBER_SCOPE",
                SCOPE,
                "PROBER_IDENTITY",
                "prober",
                "PROBER_OTHER_IDENTITY",
                DemoWorld.RELEASE,
                "OCTOSTS_TOKEN_FILE",
                token("token", world.workflowToken(DOMAIN).sign()));
        world.repository().put(DemoWorld.policyFile("prober"), """
                issuer: %s
                subject_pattern: repo:octo-org/octo-repo:.*
                permissions:
                  contents: read
                  issues: read
                """.formatted(
                        world.issuer().url()));
        var variables = new HashMap<>(way);
        variables.put("GITHUB_APP_IDS", Long.toString(world.app().id()));
        variables.put("APP_SECRET_CERTIFICATE_ENV_VAR", world.app().pkcs1Pem());
        variables.put("OCTOSTS_ISSUER_ALLOW_LOOPBACK", "true");
        variables.put("OCTOSTS_SELF_PROBE", "true");
        variables.put("OCTOSTS_DB_URL", "jdbc:h2:file:" + folder.resolve("octo-sts")); // metrics of the audit, too
        this.program = PackagedProgram.start(folder, variables);
    }

    private String token(String name, String value) throws IOException {
        return Files.writeString(folder.resolve(name), value).toString();
    }

    @BeforeAll
    void wait_until_ready() throws IOException, InterruptedException {
        program.ready();
    }

    @AfterAll
    void stop() {
        program.close();
        sandbox.close();
    }

    private ProcessBuilder program(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-p",
                Path.of("target", "octo-sts", "lib").toAbsolutePath().toString(),
                "-m",
                "dev.octosts.app/dev.octosts.app.Main"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("OCTOSTS_") || name.startsWith("GITHUB_"));
        builder.environment().putAll(way);
        builder.environment().put("OCTOSTS_URL", "http://127.0.0.1:" + program.port());
        return builder;
    }

    private String probe(int status, String... arguments) throws IOException, InterruptedException {
        var process = program(arguments).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(status);
        return output;
    }

    @Test
    void passes_every_check_of_the_service_and_leaves_no_token() throws Exception {
        var now = sandbox.clock().instant().getEpochSecond();
        var output = probe(
                0,
                "probe",
                "--other-audience-token-file="
                        + token("other", world.workflowToken("somebody-else").sign()),
                "--expired-token-file="
                        + token(
                                "expired",
                                world.workflowToken(DOMAIN)
                                        .claim("iat", now - 1_000)
                                        .claim("exp", now - 500)
                                        .sign()));
        assertThat(output.lines().filter(line -> line.startsWith("passed")))
                .as(output)
                .hasSize(19);
        // The service reads policies with tokens of its own, and the self-probe may be in a round.
        sandbox.github()
                .calls()
                .awaitUntil(() -> sandbox.github().liveTokens(Set.of()).isEmpty(), Duration.ofSeconds(60));
    }

    @Test
    void makes_smoke_tests_of_the_service() throws Exception {
        var file = token("smoke.yaml", """
                domain: sts.example.com
                tests:
                  - name: reads
                    scope: octo-org/octo-repo
                    identity: prober
                    verify:
                      contents_read: {org: octo-org, repo: octo-repo, path: README.md}
                      issues_read: {org: octo-org, repo: octo-repo}
                  - name: refused
                    scope: octo-org/octo-repo
                    identity: release
                    expect_failure: true
                    expected_error: "rpc error: code = PermissionDenied desc = token does not match trust policy"
                """);
        assertThat(probe(
                        0,
                        "smoketest",
                        "--url=http://127.0.0.1:" + program.port(),
                        "--github-url=" + sandbox.github().baseUri(),
                        "--format=junit",
                        file))
                .contains("tests=\"2\" failures=\"0\"");
    }

    @Test
    void probes_itself_and_tells_it_in_health_and_metrics() throws Exception {
        awaitSelfProbe();
        assertThat(program.get("/health").body()).contains("self-probe", "\"positive\":\"passed\"");
        assertThat(program.get("/health").statusCode()).isEqualTo(200);
        assertThat(program.get("/metrics").body())
                .containsPattern(
                        "octosts_probe_rounds_total\\{[^}]*outcome=\"passed\"[^}]*round=\"positive\"[^}]*} [1-9]")
                .containsPattern("octosts_probe_checks_total\\{check=\"alg-none\"[^}]*outcome=\"breached\"[^}]*} 0");
    }

    @Test
    void serves_and_gives_its_token_back_when_it_is_told_to_end_in_a_round() throws Exception {
        awaitSelfProbe(); // whose tokens would be mistaken for the prober's
        int port = PackagedProgram.freePort();
        var builder = program("probe", "--serve", "--every=0", "--only=positive");
        builder.environment().putAll(Map.of("PORT", Integer.toString(port), "AUTHORIZATION", "s"));
        var process =
                builder.redirectOutput(folder.resolve("prober.log").toFile()).start();
        try (var client = HttpClient.newHttpClient()) {
            var metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            var trigger = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .header("Authorization", "s")
                    .build();
            assertThat(firstAnswer(client, trigger, process).statusCode())
                    .as(Files.readString(folder.resolve("prober.log")))
                    .isEqualTo(200);
            var exported = client.send(metrics, BodyHandlers.ofString()).body();
            assertThat(exported).contains("octosts_probe_round_calls{");
            assertThat(PrometheusLint.problems(exported)).isEmpty();
            sandbox.github().calls().clear();
            sandbox.github().fault(Calls.kind(CallKind.ISSUES), Faults.hang());
            var asked = client.sendAsync(trigger, BodyHandlers.ofString());
            sandbox.github().calls().await(Calls.kind(CallKind.ISSUES), Duration.ofSeconds(60));
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            asked.cancel(true);
            sandbox.github()
                    .calls()
                    .awaitUntil(() -> sandbox.github().liveTokens(Set.of()).isEmpty(), Duration.ofSeconds(60));
        } finally {
            process.destroyForcibly();
            sandbox.github().clearFaults();
        }
        assertThat(Files.readAllLines(folder.resolve("prober.log")))
                .as("a log of JSON lines, without anything of the server's own")
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(line -> assertThat(JsonObjects.object(line)).isPresent())
                .anySatisfy(line -> assertThat(line).contains("\"message\":\"probing\"", "\"port\":" + port))
                .anySatisfy(line -> assertThat(line)
                        .contains("\"round\":\"positive\"", "\"outcome\":\"passed\"", "\"level\":\"INFO\""))
                .noneSatisfy(line -> assertThat(line).contains("preview"));
    }

    private static HttpResponse<String> firstAnswer(HttpClient client, HttpRequest request, Process process)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return client.send(request, BodyHandlers.ofString());
            } catch (ConnectException notYet) {
                if (System.nanoTime() > end || process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    throw notYet;
                }
            }
        }
    }

    /** Every name that a rule or a panel asks for is one that is exported. */
    @Test
    void exports_every_metric_that_rules_and_dashboards_name() throws Exception {
        awaitSelfProbe();
        program.get(
                "/sts/explain?scope=o/r&identity=i", "Authorization", "Bearer nonsense"); // counted from the first on
        var exported = new TreeSet<String>();
        METRIC.matcher(program.get("/metrics").body()).results().forEach(found -> exported.add(found.group()));
        var named = new TreeSet<String>();
        try (Stream<Path> files = Files.list(OBSERVABILITY)) {
            for (Path file : files.toList()) {
                METRIC.matcher(Files.readString(file)).results().forEach(found -> named.add(found.group()));
            }
        }
        assertThat(named).hasSizeGreaterThan(8);
        assertThat(exported).containsAll(named);
    }

    @Test
    void exports_metrics_as_prometheus_wants_them_and_documents_each() throws Exception {
        awaitSelfProbe();
        program.get("/sts/explain?scope=o/r&identity=i", "Authorization", "Bearer nonsense");
        var exported = program.get("/metrics").body();

        assertThat(PrometheusLint.problems(exported)).isEmpty();
        var documented = Files.readString(Path.of("../docs/token-exchange.md"))
                + Files.readString(Path.of("../docs/probers.md"))
                + Files.readString(Path.of("../docs/audit.md"));
        assertThat(PrometheusLint.names(exported))
                .contains("octosts_exchanges_total", "octosts_exchange_seconds", "jvm_memory_used_bytes")
                .allSatisfy(name -> assertThat(documented).contains("`" + name.replaceFirst("_max$", "")));
    }

    private void awaitSelfProbe() throws Exception {
        Await.until(
                "the probe of itself passed",
                Duration.ofSeconds(60),
                () -> program.get("/health").body().contains("\"negative\":\"passed\""));
    }
}
