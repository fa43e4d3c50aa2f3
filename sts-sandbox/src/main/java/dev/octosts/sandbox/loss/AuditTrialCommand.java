package dev.octosts.sandbox.loss;

import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.SandboxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Breaks parts of a deployment, and fails when a token that a caller got is not on record. */
@Command(
        name = "audit-trial",
        description =
                "Kills, cuts off and fills up parts of a deployment while exchanges come at a steady rate, and then"
                        + " compares what callers got, what GitHub minted and what is on record: every token that a caller"
                        + " has must be on record, and one that nobody got is revoked or on record. Needs PostgreSQL's"
                        + " programs; everything stays on this machine.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./octo-sts audit-trial --list",
            "  ./octo-sts audit-trial --fault kill-service,disk-full --seconds 10 --format markdown"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every promise was kept", "1:a promise was broken"})
public final class AuditTrialCommand implements Callable<Integer> {

    private static final int MOST_SECONDS = 60;
    private static final int MOST_REPLICAS = 8;
    private static final int HIGHEST_RATE = 2_000;

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            split = ",",
            showDefaultValue = Visibility.NEVER,
            description = "Only these faults; all when not given. --list shows their names.")
    List<String> faults = List.of();

    @Option(names = "--list", description = "Only show the faults.")
    boolean list;

    @Option(names = "--rate", paramLabel = "N", description = "Exchanges a second, at most " + HIGHEST_RATE + ".")
    int rate = 300;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long each fault lasts, at most " + MOST_SECONDS + ".")
    int seconds = 6;

    @Option(names = "--replicas", paramLabel = "N", description = "Replicas, at most " + MOST_REPLICAS + ".")
    int replicas = 3;

    @Option(names = "--audit", paramLabel = "durable|async", description = "OCTOSTS_AUDIT of the replicas.")
    Mode audit = Mode.durable;

    @Option(
            names = "--format",
            paramLabel = "text|markdown|json",
            description = "A table for people, the same in Markdown, or JSON for programs.")
    Format format = Format.text;

    /** What a token waits for. */
    enum Mode {
        durable,
        async
    }

    /** The formats of the results. */
    enum Format {
        text,
        markdown,
        json
    }

    public AuditTrialCommand() {}

    @Override
    public Integer call() {
        if (list) {
            LossFaults.ALL.forEach(fault -> System.out.printf("%-16s %s%n", fault.name(), fault.what()));
            return ExitCode.OK;
        }
        var plan = new AuditTrialPlan(
                chosen(),
                between("--rate", rate, HIGHEST_RATE),
                Duration.ofSeconds(between("--seconds", seconds, MOST_SECONDS)),
                between("--replicas", replicas, MOST_REPLICAS),
                audit == Mode.durable);
        var results = AuditTrial.run(Launcher.ofThisProcess(), plan);
        var report = new LossReport(plan, results);
        switch (format) {
            case text -> report.print(System.out, false);
            case markdown -> report.print(System.out, true);
            case json -> System.out.println(report.json());
        }
        return results.stream().allMatch(LossResult::kept) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<LossFault> chosen() {
        for (var name : faults) {
            if (LossFaults.ALL.stream().noneMatch(fault -> fault.name().equals(name))) {
                throw new SandboxException("--fault: no fault has that name; there are "
                        + LossFaults.ALL.stream().map(LossFault::name).collect(Collectors.joining(", ")));
            }
        }
        var wanted = LossFaults.ALL.stream()
                .filter(fault -> faults.isEmpty() || faults.contains(fault.name()))
                .toList();
        var refused = SmallDisk.refused();
        if (refused.isEmpty() || wanted.stream().noneMatch(LossFault::needsSmallDisk)) {
            return wanted;
        }
        if (!faults.isEmpty()) {
            throw new SandboxException("--fault: " + refused.get());
        }
        AuditTrial.progress("disk-full is left out: " + refused.get());
        return wanted.stream().filter(fault -> !fault.needsSmallDisk()).toList();
    }

    private static int between(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new SandboxException(option + ": give a number from 1 to " + most);
        }
        return value;
    }
}
