package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.policy.report.JunitText;
import dev.octosts.app.cli.policy.report.TapText;
import dev.octosts.app.cli.policy.report.TestResults;
import dev.octosts.policy.test.PolicyTests;
import dev.octosts.policy.text.SafeText;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code test}: runs the tests of policies. A test file is next to its policy. */
@Command(
        name = "test",
        description = "Runs the tests of policies: NAME" + PolicyTests.SUFFIX + " next to NAME.sts.yaml.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every test passed",
            "1:a test failed",
            "2:there are no tests, or something is missing or makes no sense"
        })
final class TestCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    /** The formats of the results. */
    enum Results {
        tap,
        junit
    }

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders to search for tests, or test files.")
    List<String> paths = List.of();

    @Mixin
    HomeOptions home = new HomeOptions();

    @Mixin
    DomainOption domain = new DomainOption();

    @Option(
            names = "--format",
            paramLabel = "tap|junit",
            defaultValue = "tap",
            description = "TAP 14 (the default), or JUnit XML.")
    Results format = Results.tap;

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment surroundings;

    TestCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    TestCommand(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try {
            var tester = new Tester(home.homes(surroundings), domain.value(surroundings));
            var files = PolicyFiles.find(
                    paths,
                    surroundings.directory(),
                    file -> String.valueOf(file.getFileName()).endsWith(PolicyTests.SUFFIX));
            if (files.isEmpty()) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        "there are no tests (*" + PolicyTests.SUFFIX + ") below "
                                + SafeText.line(String.join(", ", paths)));
            }
            var tested = files.stream().map(tester::test).toList();
            terminal.out()
                    .print(
                            switch (format) {
                                case tap -> TapText.of(tested);
                                case junit -> JunitText.of(tested);
                            });
            terminal.out().flush();
            return tested.stream().allMatch(TestResults::passed) ? ExitCode.OK : FAILED;
        } catch (CommandFailure stop) {
            return stop.tell(terminal.err());
        }
    }
}
