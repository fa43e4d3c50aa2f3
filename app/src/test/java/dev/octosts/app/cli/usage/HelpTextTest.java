package dev.octosts.app.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class HelpTextTest {

    @Command(
            name = "tool",
            description = "Reads https://sts.example.com/a-long-path/of-many/parts and .github/chainguard/ci.sts.yaml.",
            footer = "tool --size 2 a-file",
            exitCodeList = "0:all went well")
    static final class Tool implements Callable<Integer> {
        @Parameters(paramLabel = "PATH", arity = "1..*", description = "What to read.")
        @Nullable
        String path;

        @Option(
                names = "--size",
                paramLabel = "N",
                defaultValue = "64",
                description = "How many; ${DEFAULT-VALUE} when not given, up to 100%%.")
        int size = 64;

        @Option(names = "--needed", required = true, paramLabel = "X", description = "Needed.")
        String needed = "";

        @Option(names = "--a-name-that-is-longer-than-others", description = "Long.")
        boolean longest;

        @Option(names = "--secret", hidden = true, description = "Hidden.")
        boolean hidden;

        @Override
        public Integer call() {
            return 0;
        }
    }

    private static String help(int width) {
        return new HelpText(CommandLines.of(new Tool()).getCommandSpec(), width, false).text();
    }

    @Test
    void has_a_place_for_everything() {
        assertThat(help(80).replace(System.lineSeparator(), "\n")).isEqualTo("""
                Usage: tool [OPTIONS] --needed=X PATH...

                Reads https://sts.example.com/a-long-path/of-many/parts and
                .github/chainguard/ci.sts.yaml.

                Arguments:
                  PATH  What to read.

                Options:
                  --size=N    How many; 64 when not given, up to 100%.
                  --needed=X  Needed.
                  --a-name-that-is-longer-than-others
                              Long.

                Examples:
                  tool --size 2 a-file

                Exit status:
                  0  all went well
                """);
    }

    @Test
    void breaks_lines_at_blanks_only() {
        for (int width = 40; width <= 120; width++) {
            assertThat(help(width))
                    .contains("https://sts.example.com/a-long-path/of-many/parts", ".github/chainguard/ci.sts.yaml.");
        }
    }

    @Test
    void fits_the_width() {
        for (int width = 60; width <= 120; width++) {
            int columns = width;
            assertThat(help(width).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
        }
        assertThat(help(120).lines().count()).isLessThan(help(60).lines().count());
    }

    @Test
    void marks_its_headings_on_a_terminal() {
        assertThat(new HelpText(CommandLines.of(new Tool()).getCommandSpec(), 80, true).text())
                .contains("\u001b[1mOptions:\u001b[0m");
    }
}
