package dev.octosts.app.cli.githubapp;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.TextOrJson;
import dev.octosts.app.settings.ServedParts;
import dev.octosts.app.settings.Settings;
import dev.octosts.app.settings.SettingsReader;
import dev.octosts.github.AppCredential;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.key.SigningKey;
import dev.octosts.policy.repository.GitHubNames;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code doctor}: checks a deployment's configuration against GitHub. */
@Command(
        name = "doctor",
        description = "Checks the configuration of a deployment, which is that of its environment, against GitHub: the"
                + " App, its key and this machine's clock, permissions and events, the webhook and its last deliveries,"
                + " installations, policy repositories and the rules in them. It changes nothing.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "octo-sts app doctor",
            "set -a; . /etc/octo-sts/octo-sts.env; octo-sts app doctor --owner octo-org --json"
        },
        exitCodeList = {
            "0:everything works; there may be warnings",
            "1:something does not work",
            "2:an argument makes no sense"
        })
public final class DoctorCommand implements Callable<Integer> {

    private static final int MOST_OWNERS = 20;

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            split = ",",
            description = "Look at these organizations or users; at the first " + MOST_OWNERS
                    + " installations when not given.")
    List<String> owners = List.of();

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description =
                    "Take the configuration from this file of NAME=VALUE lines, and from the environment only what"
                            + " the file does not have.")
    @Nullable
    String environmentFile;

    @Option(
            names = "--repository",
            paramLabel = "OWNER/NAME",
            split = ",",
            description = "Look at the policies of these repositories, too: whether workflows there have tokens with"
                    + " such subjects.")
    List<String> repositories = List.of();

    @Option(names = "--only", paramLabel = "exchange|webhook", description = "The deployment serves one part alone.")
    @Nullable
    DeploymentPart only;

    @Mixin
    TextOrJson format = new TextOrJson();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    /** The parts that a deployment may serve alone. */
    enum DeploymentPart {
        exchange,
        webhook
    }

    public DoctorCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    DoctorCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        var tally = new EnumMap<Finding.Grade, Integer>(Finding.Grade.class);
        Consumer<Finding> findings = finding -> {
            tally.merge(finding.grade(), 1, Integer::sum);
            terminal.out().println(format.format() == TextOrJson.Format.json ? finding.json() : finding.text());
            terminal.out().flush();
        };
        Map<String, String> variables;
        try {
            variables = variables();
            checkRepositories();
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
        switch (SettingsReader.read(variables, serving())) {
            case Settings.Outcome.Faulty(var faults) ->
                faults.forEach(fault -> findings.accept(KeyExamination.faulty(fault)));
            case Settings.Outcome.Sound(var settings) -> examine(settings, findings);
        }
        if (format.format() == TextOrJson.Format.text) {
            terminal.out().println();
            terminal.out().println(summary(tally));
        }
        terminal.out().flush();
        return tally.containsKey(Finding.Grade.BAD) ? CommandFailure.REFUSED : ExitCode.OK;
    }

    private Map<String, String> variables() throws CommandFailure {
        if (environmentFile == null) {
            return environment.variables();
        }
        var all = new HashMap<>(environment.variables());
        all.putAll(EnvironmentFile.read(environment.directory(), environmentFile));
        return all;
    }

    private void checkRepositories() throws CommandFailure {
        for (String repository : repositories) {
            int slash = repository.indexOf('/');
            if (slash < 0
                    || !GitHubNames.isOwner(repository.substring(0, slash))
                    || !GitHubNames.isRepository(repository.substring(slash + 1))) {
                throw new CommandFailure(CommandFailure.USAGE, "--repository: write OWNER/NAME");
            }
        }
    }

    private static String summary(Map<Finding.Grade, Integer> tally) {
        return tally.getOrDefault(Finding.Grade.GOOD, 0) + " ok, "
                + tally.getOrDefault(Finding.Grade.DOUBTFUL, 0) + " warnings, "
                + tally.getOrDefault(Finding.Grade.BAD, 0) + " failures";
    }

    private ServedParts serving() {
        return switch (only) {
            case exchange -> ServedParts.EXCHANGE;
            case webhook -> ServedParts.WEBHOOK;
            case null -> ServedParts.ALL;
        };
    }

    private void examine(Settings settings, Consumer<Finding> findings) {
        findings.accept(Finding.good("configuration", "every variable is sound"));
        settings.notices()
                .forEach(notice -> findings.accept(Finding.doubtful("configuration", notice, "fix or remove it")));
        if (!settings.webhook().isOn() && only != DeploymentPart.exchange) {
            findings.accept(Finding.doubtful(
                    "webhook",
                    "is off: a change of a policy holds after five minutes, and pull requests are not checked",
                    "set GITHUB_WEBHOOK_SECRET, and the App's webhook to the same secret"));
        }
        try (var gitHub = new GitHub(
                settings.exchange().gitHub().address(),
                settings.exchange().egress(),
                GitHub.Time.ofThisMachine(),
                call -> {})) {
            for (AppCredential credential : settings.exchange().gitHub().apps()) {
                examine(settings, gitHub, credential, findings);
            }
        }
    }

    private void examine(Settings settings, GitHub gitHub, AppCredential credential, Consumer<Finding> findings) {
        // A key in this process was read already; one in a service has to be asked for a signature.
        if (credential.keys().stream().anyMatch(SigningKey::isRemote)) {
            var signs = KeyExamination.of(credential);
            signs.forEach(findings);
            if (signs.stream().allMatch(finding -> finding.grade() == Finding.Grade.BAD)) {
                return;
            }
        }
        var app = new GitHubApp(credential, environment.clock());
        var installations = new AppExamination(gitHub, app, settings, findings).examine();
        for (String owner : owners) {
            if (installations.stream()
                    .noneMatch(one -> one.installation().account().equalsIgnoreCase(owner))) {
                findings.accept(Finding.bad(
                        owner,
                        "App " + app.id() + " is not installed there",
                        "install it: Install App, on the App's page"));
            }
        }
        var wanted =
                owners.stream().map(owner -> owner.toLowerCase(Locale.ROOT)).toList();
        var chosen = installations.stream()
                .filter(one -> wanted.isEmpty()
                        || wanted.contains(one.installation().account().toLowerCase(Locale.ROOT)))
                .limit(wanted.isEmpty() ? MOST_OWNERS : Long.MAX_VALUE)
                .toList();
        chosen.forEach(one -> new OwnerExamination(gitHub, app, one, settings, findings).examine());
        for (String repository : repositories) {
            var owner = repository.substring(0, repository.indexOf('/'));
            installations.stream()
                    .filter(one -> one.installation().account().equalsIgnoreCase(owner))
                    .findFirst()
                    .ifPresentOrElse(
                            one -> new SubjectExamination(gitHub, app, one, settings, findings)
                                    .examine(repository.substring(owner.length() + 1)),
                            () -> findings.accept(Finding.bad(
                                    repository,
                                    "App " + app.id() + " is not installed for " + owner,
                                    "install it: Install App, on the App's page")));
        }
        if (wanted.isEmpty() && installations.size() > chosen.size()) {
            findings.accept(Finding.doubtful(
                    "installations",
                    "only " + chosen.size() + " of " + installations.size() + " were looked at",
                    "give --owner to look at others"));
        }
    }
}
