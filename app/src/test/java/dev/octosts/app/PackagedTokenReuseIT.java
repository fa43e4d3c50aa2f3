package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.database.PostgresServer;
import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.StsClient;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program takes each token once, over HTTP and gRPC, and on replicas with one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PackagedTokenReuseIT {

    private static final String DOMAIN = "sts.example.com";
    private static final String SCOPE = "octo-org/octo-repo";
    private static final String USED =
            "rpc error: code = Unauthenticated desc = token was used already; request a fresh token for each exchange";

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final Network network =
            new Network(new Network.NetworkSettings("test/1", Optional.empty(), Optional.empty()));

    @AfterAll
    void stop() {
        network.close();
        sandbox.close();
    }

    private PackagedProgram started(Path folder, Map<String, String> more) throws IOException {
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        variables.put("OCTOSTS_TOKEN_REUSE", "deny");
        variables.putAll(more);
        return PackagedProgram.start(folder, variables);
    }

    private StsClient client(PackagedProgram program) {
        return new StsClient(
                ServiceAddress.of("http://127.0.0.1:" + program.port()),
                network,
                RetryBudget.once(Duration.ofSeconds(30)));
    }

    private IdentityToken token() {
        return new IdentityToken(world.workflowToken(DOMAIN).sign());
    }

    private static void assertUsed(ExchangeAnswer answer) {
        assertThat(answer).isInstanceOfSatisfying(ExchangeAnswer.Refused.class, refused -> {
            assertThat(refused.asGrpcError()).isEqualTo(USED);
            assertThat(refused.httpStatus()).isEqualTo(401);
        });
    }

    @Test
    void a_token_that_was_used_over_one_protocol_is_used_over_the_other(@TempDir Path folder)
            throws IOException, InterruptedException {
        try (var program = started(folder, Map.of()).ready()) {
            var first = token();
            assertThat(client(program).exchange(first, SCOPE, DemoWorld.CI)).isInstanceOf(ExchangeAnswer.Token.class);
            assertUsed(client(program).exchangeOverGrpc(first, SCOPE, DemoWorld.CI));
            assertUsed(client(program).exchange(first, SCOPE, DemoWorld.CI));

            var second = new IdentityToken(
                    world.workflowToken(DOMAIN).claim("jti", "another").sign());
            assertThat(client(program).exchangeOverGrpc(second, SCOPE, DemoWorld.CI))
                    .isInstanceOf(ExchangeAnswer.Token.class);
            assertUsed(client(program).exchange(second, SCOPE, DemoWorld.CI));
        }
    }

    @Test
    void replicas_with_one_database_know_of_each_others_tokens(@TempDir Path folder)
            throws IOException, InterruptedException {
        Optional<PostgresServer> server = PostgresServer.start();
        Present.assume("postgres", server.isPresent(), "no PostgreSQL on this machine");
        try (var database = server.orElseThrow();
                var one = started(Files.createDirectory(folder.resolve("one")), database.variables());
                var other = started(Files.createDirectory(folder.resolve("other")), database.variables())) {
            var token = new IdentityToken(
                    world.workflowToken(DOMAIN).claim("jti", "shared").sign());
            assertThat(client(one.ready()).exchange(token, SCOPE, DemoWorld.CI))
                    .isInstanceOf(ExchangeAnswer.Token.class);
            assertUsed(client(other.ready()).exchange(token, SCOPE, DemoWorld.CI));
        }
    }
}
