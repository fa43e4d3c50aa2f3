package dev.octosts.app.cli.operator;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.TextOrJson;
import dev.octosts.app.database.OperatorDatabase;
import dev.octosts.app.settings.ServedParts;
import dev.octosts.app.settings.Settings;
import dev.octosts.app.settings.SettingsReader;
import dev.octosts.app.settings.UsageReader;
import dev.octosts.app.usage.AuditLogFile;
import dev.octosts.app.usage.UsageImport;
import dev.octosts.app.usage.UsageImport.Tally;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.text.SafeText;
import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code audit import}: takes in what GitHub's audit log says about tokens of this service. */
@Command(
        name = "import",
        description =
                "Takes in what GitHub's audit log says about tokens of this service: exports, and the files that GitHub"
                        + " streams to S3, Google Cloud Storage and Azure, as they are, also compressed with gzip; or, with"
                        + " --organization, from GitHub's API. An event that comes twice counts once, so an import that"
                        + " ended early is repeated. Lines that are no events are counted and named by their number. Reads"
                        + " OCTOSTS_DB_URL, OCTOSTS_DB_USER, OCTOSTS_DB_PASSWORD and OCTOSTS_USAGE_RETENTION; with"
                        + " --organization, all variables of the service.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "octo-sts audit import export.json",
            "gsutil cat gs://audit/2026/11/*.gz | octo-sts audit import -",
            "octo-sts audit import --organization octo-org"
        },
        exitCodeList = {
            "0:everything was taken in",
            "1:some lines are no events, or a file or GitHub's log was not read to its end",
            "2:an argument or a variable makes no sense",
            "3:the database does not answer"
        })
public final class AuditImportCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    /** GitHub allows 1 750 requests in an hour. */
    private static final int MOST_PAGES = 1_000;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files and folders with files; - is standard input.")
    List<String> files = List.of();

    @Option(
            names = "--organization",
            paramLabel = "OWNER",
            description = "Read the log of this organization from GitHub's API, with an App of the service that has"
                    + " organization_administration: read there. It goes on where the last import ended.")
    String organization = "";

    @Option(
            names = "--pages",
            paramLabel = "NUMBER",
            description = "Read so many pages of 100 events at most; " + MOST_PAGES + " by default.")
    int pages = MOST_PAGES;

    @Mixin
    TextOrJson format = new TextOrJson();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public AuditImportCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    AuditImportCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    /**
     * What became of a source of events.
     *
     * @param name as it was given
     * @param fault why it could not be read to its end; empty when it could
     */
    private record Taken(String name, Tally tally, String fault) {

        boolean isWhole() {
            return fault.isEmpty() && tally.broken() == 0;
        }
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try {
            Duration retention = UsageReader.retention(environment.variables());
            List<Taken> taken = organization.isEmpty() ? files(retention) : List.of(organization(retention));
            taken.forEach(one ->
                    terminal.out().println(format.format() == TextOrJson.Format.json ? JsonTally.of(one) : text(one)));
            terminal.out().flush();
            return taken.stream().allMatch(Taken::isWhole) ? ExitCode.OK : CommandFailure.REFUSED;
        } catch (IllegalArgumentException wrong) {
            return new CommandFailure(CommandFailure.USAGE, String.valueOf(wrong.getMessage())).tell(terminal);
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
    }

    private List<Taken> files(Duration retention) throws CommandFailure {
        if (files.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, "give a FILE, or --organization");
        }
        List<Path> paths = paths();
        return DatabaseWork.in(environment, database -> takeFiles(database, retention, paths));
    }

    private Taken organization(Duration retention) throws CommandFailure {
        if (!files.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, "give a FILE or --organization, and not both");
        }
        if (!GitHubNames.isOwner(organization)) {
            throw new CommandFailure(CommandFailure.USAGE, "--organization is not the name of an organization");
        }
        if (pages < 1 || pages > MOST_PAGES) {
            throw new CommandFailure(CommandFailure.USAGE, "--pages is a number from 1 to " + MOST_PAGES);
        }
        return switch (SettingsReader.read(environment.variables(), ServedParts.EXCHANGE)) {
            case Settings.Outcome.Faulty(var faults) ->
                throw new CommandFailure(CommandFailure.USAGE, faults.getFirst().toString());
            case Settings.Outcome.Sound(var settings) ->
                DatabaseWork.in(environment, database -> takeOrganization(database, retention, settings));
        };
    }

    private Taken takeOrganization(OperatorDatabase database, Duration retention, Settings settings)
            throws StoreException {
        UsageStore store = database.usage(retention, environment.clock());
        String owner = organization.toLowerCase(Locale.ROOT);
        var events = new UsageImport(store);
        String fault;
        try (var gitHub = new GitHub(
                settings.exchange().gitHub().address(),
                settings.exchange().egress(),
                GitHub.Time.ofThisMachine(),
                call -> {})) {
            List<GitHubApp> apps = settings.exchange().gitHub().apps().stream()
                    .map(app -> new GitHubApp(app, environment.clock()))
                    .toList();
            fault = new OrganizationImport(gitHub, apps, owner, environment.clock())
                    .read(store, events, environment.clock().instant().minus(retention), pages);
        }
        store.sweep();
        return new Taken("organization " + owner, events.tally(), fault);
    }

    private List<Path> paths() throws CommandFailure {
        var paths = new ArrayList<Path>();
        for (String file : files) {
            if (file.equals(STANDARD_INPUT)) {
                paths.add(Path.of(STANDARD_INPUT));
                continue;
            }
            try {
                Path path = environment.directory().resolve(file);
                if (Files.isDirectory(path)) {
                    try (Stream<Path> inside = Files.walk(path)) {
                        inside.filter(Files::isRegularFile).sorted().forEach(paths::add);
                    }
                } else if (Files.isReadable(path)) {
                    paths.add(path);
                } else {
                    throw new CommandFailure(
                            CommandFailure.USAGE, "there is no file " + SafeText.line(file) + " that can be read");
                }
            } catch (IOException | InvalidPathException unreadable) {
                throw new CommandFailure(CommandFailure.USAGE, SafeText.line(file) + " cannot be read");
            }
        }
        return paths;
    }

    private List<Taken> takeFiles(OperatorDatabase database, Duration retention, List<Path> paths)
            throws StoreException {
        UsageStore store = database.usage(retention, environment.clock());
        var taken = new ArrayList<Taken>();
        for (Path path : paths) {
            taken.add(take(store, path));
        }
        store.sweep();
        return taken;
    }

    private Taken take(UsageStore store, Path path) throws StoreException {
        boolean standard = path.equals(Path.of(STANDARD_INPUT));
        String name = standard
                ? "standard input"
                : environment.directory().relativize(path).toString();
        var events = new UsageImport(store);
        try (InputStream file = standard ? environment.input() : Files.newInputStream(path)) {
            AuditLogFile.read(file, events);
        } catch (IOException ended) {
            // What came before is kept; the time of the events does not count as known.
            return new Taken(
                    name, events.tally(), "it cannot be read to its end; get the whole file, and import it again");
        }
        events.finish();
        return new Taken(name, events.tally(), "");
    }

    private static String text(Taken taken) {
        Tally tally = taken.tally();
        String text = taken.name() + ": " + tally.events() + " events, " + tally.stored() + " new, " + tally.repeated()
                + " known already, " + tally.others() + " of no token of this service";
        if (tally.broken() > 0) {
            text += "; " + tally.broken() + " no events, in line "
                    + tally.brokenLines().stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + (tally.broken() > tally.brokenLines().size() ? ", ..." : "");
        }
        return SafeText.line(text + (taken.fault().isEmpty() ? "" : "; " + taken.fault()));
    }

    /** Apart from the command, so that the library of JSON is not loaded with it. */
    private static final class JsonTally {

        static String of(Taken taken) {
            Tally tally = taken.tally();
            var lines = Json.createArrayBuilder();
            tally.brokenLines().forEach(lines::add);
            var json = Json.createObjectBuilder()
                    .add("source", taken.name())
                    .add("events", tally.events())
                    .add("stored", tally.stored())
                    .add("repeated", tally.repeated())
                    .add("others", tally.others())
                    .add("broken", tally.broken())
                    .add("broken_lines", lines);
            if (!taken.fault().isEmpty()) {
                json.add("fault", taken.fault());
            }
            return SafeText.json(json.build().toString());
        }
    }
}
