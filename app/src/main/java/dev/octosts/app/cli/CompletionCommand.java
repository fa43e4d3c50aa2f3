package dev.octosts.app.cli;

import dev.octosts.app.cli.usage.FishCompletion;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code completion}: prints a script with which a shell completes this program's command line. */
@Command(
        name = "completion",
        description = "Prints a script with which a shell completes commands, options and their values.",
        mixinStandardHelpOptions = true,
        footer = {
            "octo-sts completion bash > ~/.local/share/bash-completion/completions/octo-sts",
            "octo-sts completion zsh > ~/.octo-sts.zsh",
            "octo-sts completion fish > ~/.config/fish/completions/octo-sts.fish"
        })
public final class CompletionCommand implements Callable<Integer> {

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    @Nullable
    Shell shell;

    @Spec
    @Nullable
    CommandSpec spec;

    /** The shells that there is a script for. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    public CompletionCommand() {}

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        CommandSpec root = Objects.requireNonNull(spec).root();
        // The script for bash knows zsh, too.
        String script = switch (Objects.requireNonNull(shell)) {
            case bash, zsh -> AutoComplete.bash(root.name(), root.commandLine());
            case fish -> FishCompletion.of(root);
        };
        terminal.out().print(script);
        terminal.out().flush();
        return ExitCode.OK;
    }
}
