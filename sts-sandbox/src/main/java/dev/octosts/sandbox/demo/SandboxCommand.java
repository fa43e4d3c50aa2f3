package dev.octosts.sandbox.demo;

import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.SandboxException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Shows an exchange and keeps running, so that the reader can go on with it. */
@Command(
        name = "sandbox",
        description = "Starts the service with a GitHub and an issuer of its own, and performs an exchange.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  ./octo-sts sandbox", "  ./octo-sts sandbox --once --port 8080"})
public final class SandboxCommand implements Callable<Integer> {

    @Option(names = "--once", description = "End after the exchange: 0 when all went as expected, else 1.")
    boolean once;

    @Option(names = "--port", paramLabel = "PORT", description = "The service's port; any that is free without it.")
    int port;

    @Option(names = "--github-port", paramLabel = "PORT", description = "GitHub's port.")
    int githubPort;

    @Option(names = "--issuer-port", paramLabel = "PORT", description = "The issuer's port.")
    int issuerPort;

    @Option(names = "--console-port", paramLabel = "PORT", description = "The port of the operators' console.")
    int consolePort;

    private final AtomicBoolean stopping = new AtomicBoolean();

    public SandboxCommand() {}

    @Override
    public Integer call() {
        var screen = new Screen(System.out, Ansi.AUTO.enabled());
        var launcher = Launcher.ofThisProcess();
        screen.heading("Octo-STS sandbox: the service, a GitHub and an issuer of tokens, all on this machine");
        var stage = DemoEnvironment.set(
                launcher,
                new DemoEnvironment.Where(
                        port, githubPort, issuerPort, once ? Optional.empty() : Optional.of(consolePort)));
        // Ctrl-C and kill only come here; the normal end comes here, too.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping.set(true);
            stage.close();
        }));
        return show(stage, screen);
    }

    private int show(DemoEnvironment stage, Screen screen) {
        try {
            var ready = stage.deployment().service().awaitReady();
            introduce(stage, screen, ready.toMillis());
            var expectations = new Expectations();
            new Walkthrough(stage, screen, expectations).perform();
            int status = conclude(stage, screen, expectations);
            if (!once) {
                stage.stream();
                new Playground(stage).show(screen);
                stay(stage);
            }
            return status;
        } catch (SandboxException trouble) {
            if (stopping.get()) {
                // The service was stopped during the walk-through: no caller needs to know.
                return ExitCode.SOFTWARE;
            }
            stage.deployment().keepLog();
            throw trouble;
        }
    }

    private static void introduce(DemoEnvironment stage, Screen screen, long millis) {
        screen.field("service", stage.deployment().service().address() + ", ready after " + millis + " ms");
        screen.field("its log", stage.deployment().service().log().toString());
        screen.field("GitHub", stage.github("") + ", App " + stage.world().app().id() + " installed on octo-org");
        screen.field("issuer", stage.world().issuer().url());
    }

    private static int conclude(DemoEnvironment stage, Screen screen, Expectations expectations) {
        screen.blank();
        if (expectations.failures().isEmpty()) {
            screen.say("All " + expectations.count() + " expectations were met.");
            return ExitCode.OK;
        }
        stage.deployment().keepLog();
        expectations.failures().forEach(screen::wrong);
        screen.say(expectations.failures().size() + " of " + expectations.count() + " expectations were not met.");
        return ExitCode.SOFTWARE;
    }

    /** @throws SandboxException when the service ends */
    private static void stay(DemoEnvironment stage) {
        var _ = stage.deployment().service().process().onExit().join();
        throw new SandboxException(
                "the service ended; its log: " + stage.deployment().service().log());
    }
}
