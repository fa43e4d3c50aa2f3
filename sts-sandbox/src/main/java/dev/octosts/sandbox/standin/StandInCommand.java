package dev.octosts.sandbox.standin;

import dev.octosts.sandbox.process.SandboxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a GitHub and an issuer for a deployment that is started elsewhere. */
@Command(
        name = "stand-in",
        description = "Runs a GitHub and an issuer of its own until it is stopped, for a deployment that is started"
                + " beside it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./octo-sts stand-in /tmp/stand-in", "  ./octo-sts stand-in --delay 50 /tmp/stand-in"})
public final class StandInCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FOLDER",
            description = "Gets what leads there, as environment, app.pem and ca.pem; and, at the end, a line for every"
                    + " token that was minted, as tokens.tsv.")
    Path folder = Path.of(".");

    @Option(
            names = "--delay",
            paramLabel = "MS",
            description =
                    "How far away GitHub is when a token is minted for a caller; ${DEFAULT-VALUE} when not given.")
    int delay;

    public StandInCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        if (delay < 0) {
            throw new SandboxException("--delay: must not be negative");
        }
        var standIn = ExternalSandbox.start(folder.toAbsolutePath().normalize(), Duration.ofMillis(delay));
        // Ctrl-C and kill are the way out.
        Runtime.getRuntime().addShutdownHook(new Thread(standIn::close));
        System.out.println(
                "GitHub at " + standIn.sandbox().github().baseUri() + "; what leads there: " + standIn.environment());
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }
}
