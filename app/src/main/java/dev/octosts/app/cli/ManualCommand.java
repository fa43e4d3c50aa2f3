package dev.octosts.app.cli;

import dev.octosts.app.cli.usage.ManualPages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the pages of the manual. The build runs it for the distribution. */
@Command(name = "manual", hidden = true)
public final class ManualCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER")
    @Nullable
    Path folder;

    @Option(names = "--date", paramLabel = "DATE", required = true)
    String date = "";

    @Spec
    @Nullable
    CommandSpec spec;

    public ManualCommand() {}

    @Override
    public Integer call() throws IOException {
        ManualPages.write(Objects.requireNonNull(spec).root(), Objects.requireNonNull(folder), date);
        return ExitCode.OK;
    }
}
