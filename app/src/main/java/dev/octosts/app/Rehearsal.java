package dev.octosts.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * Runs the short commands on files of its own, without any call to a service. The build runs it once, so that Java can
 * keep what it learnt about loading and linking the classes for the real starts.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514, ahead-of-time command-line ergonomics</a>
 */
@Command(name = "rehearse", hidden = true)
final class Rehearsal implements Callable<Integer> {

    private static final int ROUNDS = 20;

    private static final String POLICY = """
            issuer: https://token.actions.githubusercontent.com
            subject_pattern: repo:octo-org/octo-repo:ref:refs/heads/(main|next)
            claim_pattern:
              workflow: build
            permissions:
              %s: write
            """;
    private static final String CLAIMS = """
            {"iss": "https://token.actions.githubusercontent.com", "aud": "sts.example.com",
             "sub": "repo:octo-org/octo-repo:ref:refs/heads/other", "workflow": "build"}
            """;

    Rehearsal() {}

    @Override
    public Integer call() throws IOException {
        var folder = Files.createTempDirectory("octo-sts-");
        var wrong = folder.resolve("wrong.sts.yaml");
        var right = folder.resolve("right.sts.yaml");
        var claims = folder.resolve("claims.json");
        try {
            Files.writeString(wrong, POLICY.formatted("pull-requests"));
            Files.writeString(right, POLICY.formatted("pull_requests"));
            Files.writeString(claims, CLAIMS);
            for (int round = 0; round < ROUNDS; round++) {
                run("policy", "check", wrong.toString(), right.toString());
            }
            run("policy", "explain", "--policy", right.toString(), "--claims", claims.toString());
            run("policy", "new", "google", "--unique-id", "1");
            run(
                    "exchange",
                    "--url=http://127.0.0.1:1",
                    "--scope=o/r",
                    "--identity=i",
                    "--timeout=1ms",
                    "--token-file=" + claims);
        } finally {
            for (Path each : List.of(wrong, right, claims, folder)) {
                Files.deleteIfExists(each);
            }
        }
        return ExitCode.OK;
    }

    private static void run(String... arguments) {
        Main.line()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .setErr(new PrintWriter(Writer.nullWriter()))
                .execute(arguments);
    }
}
