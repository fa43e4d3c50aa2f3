package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.LocalFiles;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.policy.report.FoundFile;
import dev.octosts.app.cli.policy.report.JunitText;
import dev.octosts.app.cli.policy.report.TapText;
import dev.octosts.app.cli.policy.report.TestResults;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.test.PolicyTests;
import dev.octosts.policy.text.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
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
        footer = {
            "octo-sts policy test .github/chainguard",
            "octo-sts policy test --format junit .github/chainguard > policies.xml"
        },
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
        junit,
        json
    }

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders to search for tests, or test files.")
    List<String> paths = List.of();

    @Mixin
    RepositoryOptions repository = new RepositoryOptions();

    @Mixin
    DomainOption domain = new DomainOption();

    @Option(
            names = "--format",
            paramLabel = "tap|junit|json",
            description = "TAP 14 (the default), JUnit XML, or JSON.")
    Results format = Results.tap;

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    TestCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    TestCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Option(names = "--json", description = "The same as --format json.")
    void json(boolean wanted) {
        format = wanted ? Results.json : format;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try {
            var tester = new Tester(repository.resolver(environment), domain.value(environment));
            var files = PolicyFiles.find(
                    paths,
                    environment.directory(),
                    file -> String.valueOf(file.getFileName()).endsWith(PolicyTests.SUFFIX));
            if (files.isEmpty()) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        "there are no tests (*" + PolicyTests.SUFFIX + ") below "
                                + SafeText.line(String.join(", ", paths)),
                        "next: write one next to the policy; 'octo-sts policy new' writes one with every policy");
            }
            var tested = files.stream().map(tester::test).toList();
            terminal.out()
                    .print(
                            switch (format) {
                                case tap -> TapText.of(tested);
                                case junit -> JunitText.of(tested);
                                case json -> TestResults.json(tested);
                            });
            terminal.out().flush();
            return tested.stream().allMatch(TestResults::passed) ? ExitCode.OK : FAILED;
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
    }

    /** Runs test files, each with the policy next to it. */
    private static final class Tester {

        private static final String POLICY = ".sts.yaml";

        private final RepositoryResolver resolver;
        private final Optional<String> domain;

        /** @param domain of the service, for test files that name none */
        Tester(RepositoryResolver resolver, Optional<String> domain) {
            this.resolver = resolver;
            this.domain = domain;
        }

        TestResults test(FoundFile file) {
            if (file.fault().isPresent()) {
                return TestResults.failed(file.shown(), file.fault().get().message());
            }
            if (!file.name().endsWith(PolicyTests.SUFFIX)) {
                return TestResults.failed(file.shown(), "the name of a test file ends with " + PolicyTests.SUFFIX);
            }
            try {
                return switch (PolicyTests.read(LocalFiles.read(file.path()))) {
                    case PolicyTests.TestsReading.Valid(var tests) -> run(file, tests);
                    case PolicyTests.TestsReading.Invalid(var faults) -> {
                        var first = faults.getFirst();
                        yield TestResults.failed(
                                file.shown(), "%d:%d %s".formatted(first.line(), first.column(), first.message()));
                    }
                };
            } catch (IOException failed) {
                return TestResults.failed(file.shown(), LocalFiles.reason(failed));
            }
        }

        private TestResults run(FoundFile file, PolicyTests tests) throws IOException {
            var stem = file.name().substring(0, file.name().length() - PolicyTests.SUFFIX.length());
            var path = file.path().resolveSibling(stem + POLICY);
            if (!Files.isRegularFile(path)) {
                return TestResults.failed(file.shown(), "there is no policy " + stem + POLICY + " beside it");
            }
            byte[] policy = LocalFiles.read(path);
            var context = resolver.context(path);
            if (asksForDomain(policy, context)
                    && tests.domain().or(() -> domain).isEmpty()) {
                return TestResults.failed(
                        file.shown(),
                        "the policy names no audience, so tokens must be meant for the service itself: write its domain"
                                + " into this file, as domain: sts.example.com, or give --domain");
            }
            return new TestResults(file.shown(), tests.run(policy, context, domain.orElse("")));
        }

        private static boolean asksForDomain(byte[] policy, FileContext context) {
            return TrustPolicy.read(policy, context.policyKind()) instanceof TrustPolicy.Reading.Valid(var read)
                    && read.document().audience() == null
                    && read.document().audiencePattern() == null;
        }
    }
}
