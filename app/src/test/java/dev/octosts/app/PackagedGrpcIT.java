package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.ExchangeCommand;
import dev.octosts.app.edge.H2Client;
import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.StsClient;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Exchanges over gRPC by the packaged program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedGrpcIT {

    private static final String DOMAIN = "sts.example.com";
    private static final String SCOPE = "octo-org/octo-repo";

    private final Path folder;
    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final PackagedProgram program;
    private final Network network =
            new Network(new Network.NetworkSettings("test/1", Optional.empty(), Optional.empty()));

    PackagedGrpcIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        variables.put("OCTOSTS_REFUSAL_DETAIL", "all");
        this.program = PackagedProgram.start(folder, variables);
    }

    @BeforeAll
    void wait_until_ready() throws IOException, InterruptedException {
        program.ready();
    }

    @AfterAll
    void stop() {
        network.close();
        program.close();
        sandbox.close();
    }

    private String address() {
        return "http://127.0.0.1:" + program.port();
    }

    private String token() {
        return world.workflowToken(DOMAIN).sign();
    }

    private StsClient client() {
        return new StsClient(ServiceAddress.of(address()), network, RetryBudget.once(Duration.ofSeconds(30)));
    }

    @Test
    void grants_and_tells_operators_as_over_http() throws IOException, InterruptedException {
        var answer = client().exchangeOverGrpc(new IdentityToken(token()), SCOPE, DemoWorld.CI);

        assertThat(answer).isInstanceOfSatisfying(ExchangeAnswer.Token.class, token -> {
            assertThat(token.value()).startsWith("ghs_");
            assertThat(token.expiry())
                    .hasValueSatisfying(
                            expiry -> assertThat(expiry).isAfter(Instant.now().minus(Duration.ofDays(1))));
        });
        assertThat(program.output())
                .containsPattern("\"path\":\"/chainguard.platform.oidc.SecurityTokenService/Exchange\",\"status\":200")
                .contains("\"grpc_status\":0");
        assertThat(program.get("/metrics").body())
                .containsPattern("octosts_exchanges_total\\{[^}]*outcome=\"granted\"[^}]*} [1-9]");
    }

    @Test
    void refuses_in_the_words_of_http() throws InterruptedException {
        for (String identity : new String[] {DemoWorld.RELEASE, "nobody-wrote-it", "../odd", ""}) {
            var overGrpc = client().exchangeOverGrpc(new IdentityToken(token()), SCOPE, identity);
            var overHttp = client().exchange(new IdentityToken(token()), SCOPE, identity);

            assertThat(overGrpc).isInstanceOfSatisfying(ExchangeAnswer.Refused.class, refused -> {
                var other = (ExchangeAnswer.Refused) overHttp;
                assertThat(refused.asGrpcError()).isEqualTo(other.asGrpcError());
                assertThat(refused.httpStatus()).isEqualTo(other.httpStatus());
                assertThat(refused.requestId()).isPresent().isNotEqualTo(other.requestId());
            });
        }
    }

    @Test
    void serves_the_command_line() throws IOException {
        var file = Files.writeString(folder.resolve("token"), token());
        var out = new StringWriter();
        int status = new CommandLine(new ExchangeCommand())
                .setOut(new PrintWriter(out))
                .execute(
                        "--url",
                        address(),
                        "--scope",
                        SCOPE,
                        "--identity",
                        DemoWorld.CI,
                        "--grpc",
                        "--token-file",
                        file.toString());

        assertThat(status).isZero();
        assertThat(out.toString()).startsWith("ghs_");
    }

    @Test
    void serves_the_chainguard_sdk_over_grpc_and_over_http() throws IOException, InterruptedException {
        var sdk = GoSdk.build(folder);

        assertThat(sdk.ask("grpc", address(), SCOPE, DemoWorld.CI, token())).matches("token 20\\S+Z ghs_\\S+");
        assertThat(sdk.ask("http", address(), SCOPE, DemoWorld.CI, token())).matches("token 20\\S+Z ghs_\\S+");
        assertThat(sdk.ask("grpc", address(), SCOPE, "nobody-wrote-it", token()))
                .isEqualTo("refused NotFound unable to find trust policy for \"nobody-wrote-it\"");
        assertThat(sdk.ask("grpc", address(), SCOPE, DemoWorld.CI, "no-token"))
                .isEqualTo("refused InvalidArgument invalid bearer token");
        assertThat(sdk.ask("refresh", address(), SCOPE, DemoWorld.CI, token()))
                .isEqualTo("refused Unimplemented octo-sts does not support refresh tokens");
        assertThat(sdk.ask("health", "127.0.0.1:" + program.port())).isEqualTo("health SERVING");
    }

    @Test
    void serves_http_2_on_every_path_unless_it_is_switched_off(@TempDir Path other)
            throws IOException, InterruptedException {
        assertThat(preface(program.port())).startsWith("\0\0\14\4");
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, other);
        variables.put("OCTOSTS_GRPC", "false");
        try (var without = PackagedProgram.start(other, variables).ready()) {
            assertThat(preface(without.port())).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void exchanges_over_http_2_without_grpc_as_well() throws IOException {
        try (var client = new H2Client(new Socket(InetAddress.getLoopbackAddress(), program.port()))) {
            var granted = client.answer(client.get(
                    "/sts/exchange?scope=" + SCOPE + "&identity=" + DemoWorld.CI,
                    "authorization",
                    "Bearer " + token()));
            var refused = client.answer(client.get("/sts/exchange?scope=" + SCOPE));
            var ready = client.answer(client.get("/health/ready"));
            var missing = client.answer(client.get("/sts/exchange/"));

            assertThat(granted.text()).contains("\"token\":\"ghs_");
            assertThat(granted.header("cache-control")).isEqualTo("no-store");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text()).contains("expected exactly one authorization header");
            assertThat(refused.header("www-authenticate")).startsWith("Bearer");
            assertThat(ready.text()).contains("UP");
            assertThat(missing.status()).isEqualTo(404);
        }
    }

    /** The first bytes of the answer to a preface. */
    private static String preface(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }
}
