package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.LocalFiles;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.policy.report.CodePage;
import dev.octosts.app.cli.policy.report.Colours;
import dev.octosts.app.cli.policy.report.FoundFile;
import dev.octosts.app.cli.policy.report.GitHubReport;
import dev.octosts.app.cli.policy.report.JsonReport;
import dev.octosts.app.cli.policy.report.Links;
import dev.octosts.app.cli.policy.report.ReportCounts;
import dev.octosts.app.cli.policy.report.ReportPaths;
import dev.octosts.app.cli.policy.report.ReportWriter;
import dev.octosts.app.cli.policy.report.SarifReport;
import dev.octosts.app.cli.policy.report.TextReport;
import dev.octosts.app.cli.usage.MaskedText;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.lint.OrganizationRules;
import dev.octosts.policy.text.SafeText;
import java.io.IOException;
import java.nio.file.Path;
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

/** The command {@code check}: finds the faults of policy files. */
@Command(
        name = "check",
        description = "Finds what is wrong with policies, and what is dangerous about them.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "octo-sts policy check .github/chainguard",
            "octo-sts policy check --strict --format sarif . > policies.sarif",
            "octo-sts policy check --explain STS040"
        },
        exitCodeList = {
            "0:there is no error",
            "1:there is an error, or with --strict a warning; or a file could not be fixed",
            "2:something is missing or makes no sense"
        })
final class CheckCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description =
                    "Files, or folders that are searched for policies, lists of trusted issuers, guard rails and policy"
                            + " tests.")
    List<String> paths = List.of();

    @Mixin
    RepositoryOptions repository = new RepositoryOptions();

    @Mixin
    RulesOptions rules = new RulesOptions();

    @Option(
            names = "--format",
            paramLabel = "text|json|sarif|github",
            description = "The form of the report: for people (the default), for programs, for code scanning"
                    + " (SARIF 2.1.0), or as annotations of GitHub Actions.")
    Format format = Format.text;

    @Option(names = "--strict", description = "Fail on warnings, too.")
    boolean strict;

    @Mixin
    FixOptions fixes = new FixOptions();

    @Mixin
    LiveSubjects.LiveOptions live = new LiveSubjects.LiveOptions();

    @Option(
            names = "--explain",
            paramLabel = "CODE",
            description = "Show what a code of a report means, such as STS040, with a wrong and a right file.")
    @Nullable
    String explained;

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    CheckCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    CheckCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Option(names = "--json", description = "The same as --format json.")
    void json(boolean wanted) {
        format = wanted ? Format.json : format;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try (var subjects = live.subjects(environment)) {
            if (explained != null) {
                terminal.out().print(page(explained));
                terminal.out().flush();
                return ExitCode.OK;
            }
            if (paths.isEmpty()) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        "PATH is missing: a policy, or a folder with policies such as .github/chainguard");
            }
            var extent = fixes.extent();
            if (fixes.diff && format != Format.text) {
                throw new CommandFailure(CommandFailure.USAGE, "--diff: only --format text shows differences");
            }
            var resolver = repository.resolver(environment);
            var files = PolicyFiles.find(paths, environment.directory(), Checker::isWanted);
            if (files.isEmpty()) {
                terminal.err()
                        .println("octo-sts: there are no policies below " + SafeText.line(String.join(", ", paths)));
            }
            var checker = new Checker(resolver, rules.rules(environment), subjects, extent, fixes.diff);
            var report = report(terminal, resolver);
            var counts = new ReportCounts();
            report.begin();
            for (FoundFile file : files) {
                var checked = checker.check(file);
                counts.add(checked);
                report.file(checked);
            }
            report.end(counts);
            terminal.out().flush();
            subjects.unanswered().forEach(line -> terminal.err().println("octo-sts: " + SafeText.line(line)));
            checker.unwritten().forEach(line -> terminal.err().println("octo-sts: " + SafeText.line(line)));
            terminal.err().flush();
            return counts.fails(strict) || !checker.unwritten().isEmpty() ? FAILED : ExitCode.OK;
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
    }

    private String page(String code) throws CommandFailure {
        var page = CodePage.of(code)
                .orElseThrow(() -> new CommandFailure(
                        CommandFailure.USAGE,
                        "--explain: there is no code " + MaskedText.argument(code)
                                + CodePage.nearest(code)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; codes are STS001 to STS080")));
        return format == Format.json ? page.json() + System.lineSeparator() : page.text(links());
    }

    private Links links() {
        return Links.wanted(environment.variables(), Colours::isTerminal);
    }

    private ReportWriter report(Terminal terminal, RepositoryResolver resolver) {
        var out = terminal.out();
        var directory = environment.directory();
        var paths =
                new ReportPaths(resolver.checkout(directory).map(Checkout::root).orElse(directory));
        return switch (format) {
            case text -> new TextReport(out, Colours.wanted(environment.variables(), Colours::isTerminal), links());
            case json -> new JsonReport(out);
            case sarif -> new SarifReport(out, paths, terminal.version());
            case github -> new GitHubReport(out, paths);
        };
    }

    /** The options for the organization's rules, whose files are in another repository than the policies. */
    static final class RulesOptions {

        @Option(
                names = "--trusted-issuers",
                paramLabel = "FILE",
                description = "The organization's trusted-token-issuers.yaml, which policies are held against.")
        @Nullable
        Path trustedIssuers;

        @Option(names = "--guardrails", paramLabel = "FILE", description = "Its guardrails.yaml, the same.")
        @Nullable
        Path guardrails;

        RulesOptions() {}

        OrganizationRules rules(CommandEnvironment environment) throws CommandFailure {
            return new OrganizationRules(issuers(environment), rails(environment));
        }

        private Optional<TrustedIssuers> issuers(CommandEnvironment environment) throws CommandFailure {
            if (trustedIssuers == null) {
                return Optional.empty();
            }
            return switch (TrustedIssuers.read(bytes("--trusted-issuers", trustedIssuers, environment))) {
                case Parsed.Valid(var issuers) -> Optional.of(issuers);
                case Parsed.Invalid(var faults) -> throw unusable("--trusted-issuers", faults);
            };
        }

        private Optional<Guardrails> rails(CommandEnvironment environment) throws CommandFailure {
            if (guardrails == null) {
                return Optional.empty();
            }
            return switch (Guardrails.read(bytes("--guardrails", guardrails, environment))) {
                case Parsed.Valid(var rails) -> Optional.of(rails);
                case Parsed.Invalid(var faults) -> throw unusable("--guardrails", faults);
            };
        }

        private static byte[] bytes(String option, Path file, CommandEnvironment environment) throws CommandFailure {
            try {
                return LocalFiles.read(environment.directory().resolve(file));
            } catch (IOException unreadable) {
                throw new CommandFailure(
                        CommandFailure.USAGE, option + ": cannot read " + SafeText.line(file.toString()));
            }
        }

        private static CommandFailure unusable(String option, List<Fault> faults) {
            Fault first = faults.getFirst();
            return new CommandFailure(
                    CommandFailure.USAGE,
                    "%s: %d:%d %s; 'octo-sts policy check' of that file says everything"
                            .formatted(
                                    option,
                                    first.place().start().line(),
                                    first.place().start().column(),
                                    SafeText.line(first.message())));
        }
    }

    /** The formats of a report of findings. */
    enum Format {
        text,
        json,
        sarif,
        github
    }
}
