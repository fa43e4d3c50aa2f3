package dev.octosts.app.cli.githubapp;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.TextOrJson;
import dev.octosts.app.settings.ServedParts;
import dev.octosts.app.settings.Settings;
import dev.octosts.app.settings.SettingsReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code key check}: signs with each App's key and verifies the signature. */
@Command(
        name = "check",
        description =
                "Signs a text of its own with the key of each App of the environment's configuration, and verifies"
                        + " the signature with the public key. Shows the fingerprint that the App's page at GitHub has. It calls"
                        + " the key management service, and not GitHub.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"octo-sts key check", "octo-sts key check --env-file /etc/octo-sts/octo-sts.env --json"},
        exitCodeList = {"0:every key signs", "1:a key does not sign", "2:an argument makes no sense"})
public final class KeyCheckCommand implements Callable<Integer> {

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description =
                    "Take the configuration from this file of NAME=VALUE lines, and from the environment only what"
                            + " the file does not have.")
    @Nullable
    String environmentFile;

    @Mixin
    TextOrJson format = new TextOrJson();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public KeyCheckCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    KeyCheckCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        List<Finding> findings;
        try {
            findings = findings();
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
        findings.forEach(finding ->
                terminal.out().println(format.format() == TextOrJson.Format.json ? finding.json() : finding.text()));
        terminal.out().flush();
        return findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.BAD)
                ? CommandFailure.REFUSED
                : ExitCode.OK;
    }

    private List<Finding> findings() throws CommandFailure {
        return switch (SettingsReader.read(variables(), ServedParts.ALL)) {
            case Settings.Outcome.Faulty(var faults) ->
                faults.stream().map(KeyExamination::faulty).toList();
            case Settings.Outcome.Sound(var settings) ->
                settings.exchange().gitHub().apps().stream()
                        .flatMap(app -> KeyExamination.of(app).stream())
                        .toList();
        };
    }

    private Map<String, String> variables() throws CommandFailure {
        if (environmentFile == null) {
            return environment.variables();
        }
        var all = new HashMap<>(environment.variables());
        all.putAll(EnvironmentFile.read(environment.directory(), environmentFile));
        return all;
    }
}
