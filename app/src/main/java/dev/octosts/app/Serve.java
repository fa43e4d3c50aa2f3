package dev.octosts.app;

import dev.octosts.app.settings.ServedParts;
import dev.octosts.app.settings.Settings.Outcome;
import dev.octosts.app.settings.SettingsReader;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code serve}: reads the environment and serves until the process gets the signal to stop. */
@Command(
        name = "serve",
        description = "Serves, configured by the environment; docs/installation.md lists the variables.",
        mixinStandardHelpOptions = true,
        footer = {
            "STS_DOMAIN=sts.example.com GITHUB_APP_IDS=123456 \\",
            "    APP_SECRET_CERTIFICATE_FILE=app.pem octo-sts serve",
            "octo-sts serve --only webhook"
        },
        exitCodeList = {
            "0:it was asked to stop (143 where the system counts the signal)",
            "1:a variable is wrong, or the port is taken; a line says which",
            "2:an argument makes no sense"
        })
final class Serve implements Callable<Integer> {

    /** The parts that the reference deploys separately. */
    enum ServedPart {
        exchange,
        webhook
    }

    @Option(names = "--only", paramLabel = "exchange|webhook", description = "Serve one part alone.")
    @Nullable
    ServedPart only;

    @Spec
    @Nullable
    CommandSpec spec;

    Serve() {}

    /**
     * Serves when the arguments ask for nothing else. Java's class cache does not take classes as old as picocli's, and
     * reading its models of all the commands would take a sixth of the time until the service is ready.
     *
     * @return the exit status; empty when the arguments need to be looked at
     */
    static OptionalInt plainly(String... arguments) {
        return arguments.length == 1 && arguments[0].equals("serve")
                ? OptionalInt.of(serve(ServedParts.ALL, System.err::println))
                : OptionalInt.empty();
    }

    @Override
    public Integer call() {
        return serve(serving(), line -> {
            if (spec != null) {
                spec.commandLine().getErr().println(line);
            }
        });
    }

    private static int serve(ServedParts serving, Consumer<String> err) {
        var config = ProgramConfig.read();
        return switch (SettingsReader.read(config.variables(), serving)) {
            case Outcome.Faulty(var faults) -> {
                faults.forEach(fault -> err.accept("octo-sts: " + fault));
                yield ExitCode.SOFTWARE;
            }
            case Outcome.Sound(var settings) ->
                Service.start(settings, config)
                        .map(reason -> {
                            err.accept("octo-sts: " + reason);
                            return ExitCode.SOFTWARE;
                        })
                        .orElse(ExitCode.OK);
        };
    }

    private ServedParts serving() {
        return switch (only) {
            case exchange -> ServedParts.EXCHANGE;
            case webhook -> ServedParts.WEBHOOK;
            case null -> ServedParts.ALL;
        };
    }
}
