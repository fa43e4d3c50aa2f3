package dev.octosts.sandbox.trial;

import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.SandboxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Attacks a service, and fails when a quiet tenant notices. */
@Command(
        name = "trial",
        description =
                "Attacks a service that runs with its options as shipped, and measures what a quiet tenant notices:"
                        + " none of its exchanges may fail, p99 and /health/live stay under a second, memory stays"
                        + " bounded, and ten seconds after the attack the service is as before. Everything stays on"
                        + " this machine.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./octo-sts trial --list", "  ./octo-sts trial --attack token-values --seconds 5 --format markdown"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every promise was kept", "1:a promise was broken"})
public final class TrialCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 120;
    private static final int MOST_CONNECTIONS = 64;

    @Option(
            names = "--attack",
            paramLabel = "NAME",
            split = ",",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Only these attacks; all when not given. --list shows their names.")
    List<String> attacks = List.of();

    @Option(names = "--list", description = "Only show the attacks.")
    boolean list;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long each attack lasts, at most " + MOST_SECONDS + ".")
    int seconds = 20;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Connections of an attack, at most " + MOST_CONNECTIONS
                    + "; ten for each of these where hostile callers only wait.")
    int connections = MOST_CONNECTIONS;

    @Option(
            names = "--format",
            paramLabel = "text|markdown|json",
            description = "A table for people, the same in Markdown, or JSON for programs.")
    Format format = Format.text;

    /** The formats of the results. */
    enum Format {
        text,
        markdown,
        json
    }

    public TrialCommand() {}

    @Option(names = "--json", description = "The same as --format json.")
    void json(boolean wanted) {
        format = wanted ? Format.json : format;
    }

    @Option(names = "--markdown", description = "The same as --format markdown.")
    void markdown(boolean wanted) {
        format = wanted ? Format.markdown : format;
    }

    @Override
    public Integer call() {
        if (list) {
            Attacks.ALL.forEach(attack -> System.out.printf("%-22s %s%n", attack.name(), attack.what()));
            return ExitCode.OK;
        }
        var plan = new Trial.Plan(
                chosen(),
                Duration.ofSeconds(between("--seconds", seconds, MOST_SECONDS)),
                between("--connections", connections, MOST_CONNECTIONS));
        var results = Trial.run(Launcher.ofThisProcess(), plan);
        var report = new TrialReport(results);
        switch (format) {
            case text -> report.print(System.out, false);
            case markdown -> report.print(System.out, true);
            case json -> System.out.println(report.json());
        }
        return results.stream().allMatch(AttackResult::kept) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<Attack> chosen() {
        for (var name : attacks) {
            if (Attacks.ALL.stream().noneMatch(attack -> attack.name().equals(name))) {
                throw new SandboxException("--attack: no attack has that name; there are "
                        + Attacks.ALL.stream().map(Attack::name).collect(Collectors.joining(", ")));
            }
        }
        return Attacks.ALL.stream()
                .filter(attack -> attacks.isEmpty() || attacks.contains(attack.name()))
                .toList();
    }

    private static int between(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new SandboxException(option + ": give a number from 1 to " + most);
        }
        return value;
    }
}
