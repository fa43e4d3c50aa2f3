package dev.octosts.sandbox;

import dev.octosts.sandbox.bench.BenchCommand;
import dev.octosts.sandbox.bench.TrainCommand;
import dev.octosts.sandbox.demo.SandboxCommand;
import dev.octosts.sandbox.process.SandboxException;
import dev.octosts.sandbox.standin.StandInCommand;
import dev.octosts.sandbox.trial.TrialCommand;
import java.util.logging.Level;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command line for the commands that need a sandbox. */
@Command(
        name = "octo-sts",
        mixinStandardHelpOptions = true,
        subcommands = {
            SandboxCommand.class,
            BenchCommand.class,
            TrainCommand.class,
            StandInCommand.class,
            TrialCommand.class
        })
public final class Main {

    Main() {}

    /** Runs a command and ends the process with its status. */
    public static void main(String[] arguments) {
        // The servers' own log lines would come between those that the reader is meant to see.
        LogManager.getLogManager().getLogger("").setLevel(Level.SEVERE);
        var commandLine = new CommandLine(new Main()).setExecutionExceptionHandler((problem, command, _) -> {
            if (!(problem instanceof SandboxException)) {
                throw problem;
            }
            command.getErr().println("octo-sts: " + problem.getMessage());
            return ExitCode.SOFTWARE;
        });
        System.exit(commandLine.execute(arguments));
    }
}
