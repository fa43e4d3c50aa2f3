package dev.octosts.app.cli.githubapp;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.usage.CommandLines;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.GitHubApp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Calls commands of a deployment as a shell would, with a GitHub of their own. Other packages use it, too. */
public abstract class AppTest {

    static final String DOMAIN = "sts.example.com";

    protected final Sandbox sandbox = Sandbox.start();

    @TempDir
    protected Path folder = Path.of("");

    /** What a command printed and how it ended. */
    public record Result(int status, String out, String err) {}

    @AfterEach
    void close() {
        sandbox.close();
    }

    Map<String, String> wayToGitHub() throws IOException {
        return Map.of(
                "GITHUB_BASE_URL",
                sandbox.github().baseUri().toString(),
                "SSL_CERT_FILE",
                sandbox.authority().writePem(folder.resolve("ca.pem")).toString());
    }

    protected Map<String, String> deployment(GitHubApp app, String... more) throws IOException {
        var variables = new HashMap<>(wayToGitHub());
        variables.put("STS_DOMAIN", DOMAIN);
        variables.put("GITHUB_APP_IDS", Long.toString(app.id()));
        variables.put("APP_SECRET_CERTIFICATE_ENV_VAR", app.pkcs1Pem());
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return variables;
    }

    protected Result call(
            Function<CommandEnvironment, ?> command, Map<String, String> environment, String... arguments) {
        return call(command, environment, new StringWriter(), arguments);
    }

    Result call(
            Function<CommandEnvironment, ?> command,
            Map<String, String> environment,
            StringWriter out,
            String... arguments) {
        var surroundings =
                new CommandEnvironment(environment, new ByteArrayInputStream(new byte[0]), Clock.systemUTC(), folder);
        var err = new StringWriter();
        int status = CommandLines.of(command.apply(surroundings))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }
}
