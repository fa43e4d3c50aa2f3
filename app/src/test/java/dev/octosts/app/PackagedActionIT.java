package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.action.ActionStep;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.InstallationToken;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The action with the packaged program and a GitHub over TLS: the first and the last step of a job. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedActionIT {

    private static final String DOMAIN = "127.0.0.1";

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final LoopbackServer actions = LoopbackServer.start(
            request -> Reply.json(
                    200,
                    "{\"value\":\""
                            + world.workflowToken(request.parameter("audience").orElse(""))
                                    .sign()
                            + "\"}"),
            0,
            null);
    private final Path folder;
    private final PackagedProgram program;

    PackagedActionIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        ActionStep.assumeNode();
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
        program.close();
        actions.close();
        sandbox.close();
    }

    private ActionStep step(String identity) {
        return new ActionStep(folder)
                .variable("ACTIONS_ID_TOKEN_REQUEST_URL", "http://127.0.0.1:" + actions.port() + "/?api-version=2")
                .variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of-the-runner")
                .variable("GITHUB_API_URL", sandbox.github().baseUri().toString())
                .variable("NODE_EXTRA_CA_CERTS", folder.resolve("ca.pem").toString())
                .input("domain", "http://127.0.0.1:" + program.port())
                .input("scope", "octo-org/octo-repo")
                .input("identity", identity);
    }

    @Test
    void a_job_gets_a_token_and_ends_it() {
        var begun = step(DemoWorld.CI).run("main.mjs");

        assertThat(begun.status()).as(begun.printed()).isZero();
        assertThat(begun.output("token")).startsWith("ghs_");
        assertThat(begun.output("expires-at")).endsWith("Z");
        assertThat(begun.output("permissions")).isEqualTo("contents=read,issues=write");
        assertThat(begun.output("request-id")).isNotEmpty();

        var ended = step(DemoWorld.CI)
                .variable("STATE_token", begun.state().getOrDefault("token", ""))
                .run("post.mjs");

        assertThat(ended.printed()).isEqualTo("The token is revoked.\n");
        assertThat(sandbox.github().liveTokens(Set.of()))
                .extracting(InstallationToken::value)
                .doesNotContain(begun.output("token"));
    }

    @Test
    void a_refused_job_reads_in_its_summary_which_rule_it_was() {
        var result = step("release").input("explain", "true").run("main.mjs");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output("error-code")).isEqualTo("permission_denied");
        assertThat(result.output("error-message")).startsWith("trust policy: subject");
        assertThat(result.summary()).contains("subject_pattern", "❌");
    }
}
