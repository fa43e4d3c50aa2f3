package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.LocalFiles;
import dev.octosts.app.cli.PermissionList;
import dev.octosts.app.cli.Terminal;
import dev.octosts.policy.Level;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.preset.Preset;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code new}: writes policies. Each preset is a command of its own below this one. */
@Command(
        name = "new",
        description = "Writes a policy for one workload, and the policy's test.",
        mixinStandardHelpOptions = true,
        footer = {
            "octo-sts policy new github-actions --owner octo-org --repository octo-repo \\",
            "    --ref refs/heads/main --name ci --output .github/chainguard",
            "octo-sts policy new google --unique-id 117292703478108941530 --permission issues=write"
        },
        modelTransformer = NewCommand.Presets.class)
final class NewCommand implements Callable<Integer> {

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    NewCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    NewCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("a command runs on a command line");
        }
        throw new ParameterException(
                spec.commandLine(), "a preset is missing: say where the workload's tokens come from, such as google");
    }

    /** Adds the presets of the linter to the command line. */
    static final class Presets implements IModelTransformer {

        Presets() {}

        @Override
        public CommandSpec transform(CommandSpec command) {
            var environment = command.userObject() instanceof NewCommand parent
                    ? parent.environment
                    : CommandEnvironment.ofThisProcess();
            for (Preset preset : Preset.all()) {
                command.addSubcommand(preset.name(), new CommandLine(PresetCommand.specification(preset, environment)));
            }
            return command;
        }
    }

    /** Writes a policy for a workload of one provider. The parameters of the preset are options. */
    @Command(mixinStandardHelpOptions = true, sortOptions = false)
    static final class PresetCommand implements Callable<Integer> {

        private static final String POLICY = ".sts.yaml";
        private static final String DOMAIN = "sts.example.com";
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:@%+=,-]+");
        private static final Pattern IDENTITY = Pattern.compile("(?!\\.{1,2}$)[\\w.-]+");

        @Option(
                names = {"--permission", "--permissions"},
                paramLabel = "NAME=LEVEL,...",
                description =
                        "What the GitHub token can do, such as issues=write or \"issues: write\"; contents=read unless"
                                + " given. Several with commas, or one option each.")
        List<String> permissions = List.of();

        @Option(names = "--org", description = "Write an organization policy.")
        boolean organization;

        @Option(
                names = "--repositories",
                paramLabel = "NAME",
                split = ",",
                description =
                        "The repositories that an organization policy covers, with --org; every one unless given.")
        List<String> repositories = List.of();

        @Mixin
        DomainOption domain = new DomainOption();

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "The policy's name, which is the identity of exchanges; that of the preset unless given.")
        @Nullable
        String name;

        @Option(
                names = "--output",
                paramLabel = "DIR",
                description =
                        "Write NAME.sts.yaml and NAME.sts.test.yaml into this folder, such as .github/chainguard. A"
                                + " file that is there stays as it is.")
        @Nullable
        String output;

        @Spec
        @Nullable
        CommandSpec spec;

        private final Preset preset;
        private final CommandEnvironment environment;

        private PresetCommand(Preset preset, CommandEnvironment environment) {
            this.preset = preset;
            this.environment = environment;
        }

        static CommandSpec specification(Preset preset, CommandEnvironment environment) {
            var specification = CommandSpec.forAnnotatedObject(new PresetCommand(preset, environment));
            PresetOptions.add(preset, specification);
            specification.usageMessage().footer(examples(preset));
            return specification;
        }

        private static String[] examples(Preset preset) {
            var start = preset.parameters().stream()
                    .filter(Preset.Parameter::required)
                    .map(parameter -> " " + PresetOptions.option(parameter) + " " + inShell(parameter.example()))
                    .collect(Collectors.joining("", "octo-sts policy new " + preset.name(), " \\"));
            return new String[] {
                start,
                "    --name ci --output .github/chainguard",
                start,
                "    --permission \"contents: read, issues: write\""
            };
        }

        /** The text as one word of a shell, because users will copy it there. */
        private static String inShell(String text) {
            return PLAIN.matcher(text).matches() ? text : "'" + text + "'";
        }

        @Override
        public Integer call() {
            var terminal = Terminal.of(spec);
            try {
                var identity = identity();
                var files = files();
                var kind = organization ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY;
                if (output == null) {
                    print(identity, files, terminal);
                } else {
                    var written = LocalFiles.create(
                            environment.directory(),
                            output,
                            Map.of(identity + POLICY, files.policy(), identity + ".sts.test.yaml", files.test()));
                    written.forEach(path -> terminal.out().println("wrote " + SafeText.line(path)));
                }
                terminal.out().flush();
                PolicyLinter.lint(
                                files.policy().getBytes(StandardCharsets.UTF_8),
                                FileContext.of(kind, identity + POLICY))
                        .forEach(diagnostic -> terminal.err()
                                .println("octo-sts: " + diagnostic.severity().wireName() + " "
                                        + diagnostic.code().id() + ": " + SafeText.line(diagnostic.message())));
                terminal.err().flush();
                return ExitCode.OK;
            } catch (CommandFailure stop) {
                return stop.tell(terminal);
            }
        }

        private String identity() throws CommandFailure {
            var identity = name == null ? preset.name() : name;
            if (!IDENTITY.matcher(identity).matches()) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        "--name: letters, digits, dots and dashes, such as ci; the service reads no folders below"
                                + " .github/chainguard");
            }
            return identity;
        }

        private Preset.PresetFiles files() throws CommandFailure {
            if (!organization && !repositories.isEmpty()) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        "--repositories: only an organization policy names repositories; add --org, or leave it out for"
                                + " the repository that holds the policy");
            }
            var grant = new Preset.PresetGrant(
                    organization ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY,
                    levels(),
                    List.copyOf(repositories));
            try {
                return preset.write(
                        options().values(environment),
                        grant,
                        domain.value(environment).orElse(DOMAIN));
            } catch (IllegalArgumentException wrong) {
                throw new CommandFailure(CommandFailure.USAGE, options().named(String.valueOf(wrong.getMessage())));
            }
        }

        private PresetOptions options() {
            if (spec == null) {
                throw new IllegalStateException("a command runs on a command line");
            }
            return new PresetOptions(preset, spec);
        }

        private SortedMap<String, Level> levels() throws CommandFailure {
            var levels = new TreeMap<String, Level>();
            for (var permission :
                    PermissionList.read("--permission", permissions).entrySet()) {
                levels.put(
                        permission.getKey(),
                        Arrays.stream(Level.values())
                                .filter(level -> level.wireName().equals(permission.getValue()))
                                .findFirst()
                                .orElseThrow(() -> new CommandFailure(
                                        CommandFailure.USAGE,
                                        "--permission: the level of " + permission.getKey()
                                                + " is read, write or admin")));
            }
            if (levels.isEmpty()) {
                levels.put("contents", Level.READ);
            }
            return levels;
        }

        /** Prints a whole policy, with its test in comments. */
        private static void print(String identity, Preset.PresetFiles files, Terminal terminal) {
            var out = terminal.out();
            out.println("# .github/chainguard/" + identity + POLICY);
            files.policy().lines().forEach(out::println);
            out.println();
            out.println("# Its test, " + identity + ".sts.test.yaml (--output DIR writes both files):");
            files.test().lines().forEach(line -> out.println("# " + line));
        }
    }
}
