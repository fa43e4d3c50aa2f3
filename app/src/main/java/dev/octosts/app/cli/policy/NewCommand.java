package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.policy.preset.Preset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code new}: writes policies. Each preset is a command of its own below this one. */
@Command(
        name = "new",
        description = "Writes a policy for one workload, and the policy's test.",
        mixinStandardHelpOptions = true,
        modelTransformer = NewCommand.Presets.class)
final class NewCommand implements Callable<Integer> {

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment surroundings;

    NewCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    NewCommand(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("a command runs on a command line");
        }
        throw new ParameterException(spec.commandLine(), "Missing preset: say where the workload's tokens come from");
    }

    /** Adds the presets of the linter to the command line. */
    static final class Presets implements IModelTransformer {

        Presets() {}

        @Override
        public CommandSpec transform(CommandSpec command) {
            var surroundings = command.userObject() instanceof NewCommand parent
                    ? parent.surroundings
                    : CommandEnvironment.ofThisProcess();
            for (Preset preset : Preset.all()) {
                command.addSubcommand(
                        preset.name(), new CommandLine(PresetCommand.specification(preset, surroundings)));
            }
            return command;
        }
    }
}
