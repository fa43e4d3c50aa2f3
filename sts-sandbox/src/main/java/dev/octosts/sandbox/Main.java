package dev.octosts.sandbox;

import dev.octosts.sandbox.bench.BenchCommand;
import dev.octosts.sandbox.bench.TrainCommand;
import dev.octosts.sandbox.demo.SandboxCommand;
import dev.octosts.sandbox.loss.AuditTrialCommand;
import dev.octosts.sandbox.process.SandboxException;
import dev.octosts.sandbox.standin.StandInCommand;
import dev.octosts.sandbox.trial.TrialCommand;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line for the commands that need a sandbox. */
@Command(
        name = "octo-sts",
        mixinStandardHelpOptions = true,
        subcommands = {
            SandboxCommand.class,
            BenchCommand.class,
            TrainCommand.class,
            StandInCommand.class,
            TrialCommand.class,
            AuditTrialCommand.class
        })
public final class Main {

    private static final Pattern WORD = Pattern.compile("-{0,2}[a-z][a-z-]{0,20}");

    Main() {}

    /** Runs a command and ends the process with its status. */
    public static void main(String[] arguments) {
        // The servers' own log lines would come between those that the reader is meant to see.
        LogManager.getLogManager().getLogger("").setLevel(Level.SEVERE);
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, each with its help and its messages. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((wrong, _) -> refused(wrong))
                .setExecutionExceptionHandler((problem, command, _) -> {
                    if (!(problem instanceof SandboxException)) {
                        throw problem;
                    }
                    command.getErr().println("octo-sts: " + problem.getMessage());
                    return ExitCode.SOFTWARE;
                });
    }

    /** One line. Only what could be the name of an option is repeated: people paste tokens in the wrong place. */
    private static int refused(ParameterException wrong) {
        var command = wrong.getCommandLine();
        command.getErr()
                .println("octo-sts: " + problem(wrong) + "; see '"
                        + command.getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.USAGE;
    }

    private static String problem(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            var word = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
            var near = unmatched.getSuggestions();
            return (WORD.matcher(word).matches() ? "there is no '" + word + "'" : "there is an argument too many")
                    + (near.isEmpty() ? "" : "; did you mean " + near.getFirst());
        }
        if (wrong.getArgSpec() instanceof OptionSpec option && wrong.getValue() != null) {
            return option.longestName() + " takes " + (option.type().isEnum() ? option.paramLabel() : "a number");
        }
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    }
}
