package dev.octosts.app;

import dev.octosts.app.settings.Serving;
import dev.octosts.app.settings.Settings.Outcome;
import dev.octosts.app.settings.SettingsReader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves from the environment until the process is told to stop. */
@Command(
        name = "serve",
        description = "Serves, configured by the environment; docs/installation.md lists the variables.",
        mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {

    /** What the reference deploys apart. */
    enum Part {
        exchange,
        webhook
    }

    @Option(names = "--only", paramLabel = "exchange|webhook", description = "Serve one part alone.")
    @Nullable
    Part only;

    @Spec
    @Nullable
    CommandSpec spec;

    Serve() {}

    @Override
    public Integer call() {
        return switch (SettingsReader.read(GivenVariables.read(), serving())) {
            case Outcome.Faulty(var faults) -> {
                faults.forEach(fault -> refuse(fault.toString()));
                yield ExitCode.SOFTWARE;
            }
            case Outcome.Sound(var settings) ->
                Service.start(settings).map(this::refuse).orElse(ExitCode.OK);
        };
    }

    private Serving serving() {
        return switch (only) {
            case exchange -> Serving.EXCHANGE;
            case webhook -> Serving.WEBHOOK;
            case null -> Serving.ALL;
        };
    }

    private int refuse(String reason) {
        if (spec != null) {
            spec.commandLine().getErr().println("octo-sts: " + reason);
        }
        return ExitCode.SOFTWARE;
    }
}
