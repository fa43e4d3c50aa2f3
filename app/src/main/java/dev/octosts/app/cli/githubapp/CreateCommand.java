package dev.octosts.app.cli.githubapp;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.LocalFiles;
import dev.octosts.app.cli.PermissionList;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.usage.MaskedText;
import dev.octosts.app.settings.GoValues;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.NewApp;
import dev.octosts.policy.Permissions;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.SafeText;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code create}: makes a GitHub App. A person confirms in a browser, and the key goes straight into a
 * file.
 */
@Command(
        name = "create",
        description = "Makes the GitHub App of a deployment. It prints an address of this machine to open in a browser;"
                + " GitHub shows there what the App may do, and asks for your consent. Then the App's key, an"
                + " environment file and a Secret for Kubernetes are written, readable by you alone.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "octo-sts app create --domain sts.example.com --org octo-org",
            "octo-sts app create --domain sts.example.com --org octo-org \\",
            "    --permissions \"issues: write, packages: read\" --output secrets"
        })
public final class CreateCommand implements Callable<Integer> {

    private static final Pattern DOMAIN =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:[0-9]{1,5})?");
    private static final int LONGEST_NAME = 34;

    @Option(
            names = "--domain",
            required = true,
            paramLabel = "HOST",
            description = "The host name of the service, as in STS_DOMAIN.")
    String domain = "";

    @Option(
            names = "--org",
            paramLabel = "NAME",
            description = "The organization that the App shall belong to; your own account when not given.")
    @Nullable
    String organization;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "What the App is called, at most 34 characters; GitHub lets you change it on its page.")
    String name = "octo-sts";

    @Option(
            names = {"--permissions", "--permission"},
            paramLabel = "NAME=LEVEL,...",
            description =
                    "What policies may grant, such as issues=write,packages=read or \"issues: write\". When not given,"
                            + " the App can read policies and tokens cannot do more than that.")
    List<String> permissions = List.of();

    @Option(
            names = "--webhook",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether GitHub tells the service of changes and lets it check policies in pull requests,"
                    + " which needs checks=write and pull_requests=read; it does unless --no-webhook is given.")
    boolean webhook = true;

    @Option(names = "--public", description = "Other accounts may install the App, too.")
    boolean open;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "Where the files are written: " + AppFiles.KEY + ", " + AppFiles.ENVIRONMENT + ", "
                    + AppFiles.SECRET + "; this folder when not given.")
    String output = ".";

    @Option(names = "--port", paramLabel = "N", description = "The port of the page; a free one when not given.")
    int port;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long to wait for you; ${DEFAULT-VALUE} when not given.",
            defaultValue = "30m")
    String timeout = "30m";

    @Mixin
    WebAddresses addresses = new WebAddresses();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public CreateCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    CreateCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try {
            create(terminal);
            return ExitCode.OK;
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        } catch (InterruptedException _) {
            return CommandFailure.REFUSED;
        }
    }

    private void create(Terminal terminal) throws CommandFailure, InterruptedException {
        var manifest = manifest();
        var retries = retries();
        var gitHub = addresses.api(environment);
        var folder = folder();
        LocalFiles.prepare(folder, AppFiles.ALL);
        try (var client = addresses.client(environment, gitHub)) {
            var app = register(terminal, manifest, retries, client);
            checkOwner(app);
            write(terminal, app, gitHub, folder);
        }
    }

    private NewApp register(Terminal terminal, AppManifest manifest, Duration retries, GitHub client)
            throws CommandFailure, InterruptedException {
        String code;
        try (var page = page(manifest)) {
            terminal.out().println("Open this in a browser on this machine, signed in to GitHub:");
            terminal.out().println();
            terminal.out().println("  " + page.address());
            terminal.out().println();
            terminal.out().flush();
            code = page.code(retries)
                    .orElseThrow(() -> new CommandFailure(
                            CommandFailure.REFUSED, "nobody confirmed within " + timeout + "; no App was made"));
        }
        return switch (client.administration().convert(code)) {
            case GitHubResult.Success<NewApp>(var app) -> app;
            case GitHubResult.Failure<NewApp>(var reason) ->
                throw new CommandFailure(
                        CommandFailure.UNREACHABLE,
                        "GitHub made the App, but did not hand out its key (" + reason + ")",
                        "next: delete the App under Settings, Developer settings, GitHub Apps, and run this again");
        };
    }

    /**
     * GitHub lets the browser's user choose the owner: a key of another owner's App must not get into this deployment.
     */
    private void checkOwner(NewApp app) throws CommandFailure {
        if (organization != null && !organization.equalsIgnoreCase(app.owner())) {
            throw new CommandFailure(
                    CommandFailure.REFUSED,
                    "App " + app.id() + " (" + app.slug() + ") belongs to " + app.owner() + " and not to "
                            + organization + "; nothing was written",
                    "next: delete it in the settings of " + app.owner() + ", under Developer settings, GitHub Apps, "
                            + app.slug() + ", Advanced, Delete GitHub App (its page: " + app.page()
                            + "); then run this again, signed in as an owner of " + organization);
        }
    }

    private ManifestPage page(AppManifest manifest) throws CommandFailure {
        var path =
                organization == null ? "/settings/apps/new" : "/organizations/" + organization + "/settings/apps/new";
        try {
            var owner = organization == null ? "your own account" : "the organization " + organization;
            return ManifestPage.start(new ManifestForm(manifest, owner, addresses.pages(environment), path), port);
        } catch (BindException taken) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--port: cannot listen on port " + port + " of this machine; give another one");
        }
    }

    private void write(Terminal terminal, NewApp app, URI gitHub, Path folder) throws CommandFailure {
        var written = new ArrayList<Path>();
        try {
            var key = LocalFiles.createSecret(folder, AppFiles.KEY, app.privateKey());
            written.add(key);
            written.add(LocalFiles.createSecret(
                    folder, AppFiles.ENVIRONMENT, AppFiles.environment(app, domain, gitHub, key)));
            written.add(LocalFiles.createSecret(folder, AppFiles.SECRET, AppFiles.secret(app)));
        } catch (IOException failed) {
            throw new CommandFailure(
                    CommandFailure.REFUSED,
                    "App " + app.id() + " is made, but " + folder + " cannot be written to: " + failed.getMessage(),
                    "next: generate a new private key on " + app.page());
        }
        var out = terminal.out();
        out.println(SafeText.line("App " + app.id() + " (" + app.slug() + ") belongs to " + app.owner() + "."));
        written.forEach(file -> out.println("  wrote " + SafeText.line(file.toString())));
        out.println("next: install it at " + SafeText.line(app.page().toString()) + "/installations/new");
        out.println("      then check everything: octo-sts app doctor, with the variables of " + AppFiles.ENVIRONMENT);
        out.flush();
    }

    private AppManifest manifest() throws CommandFailure {
        if (!DOMAIN.matcher(domain).matches()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--domain: this is not a host name; give it without https:// and without a path");
        }
        if (organization != null && !GitHubNames.isOwner(organization)) {
            throw new CommandFailure(CommandFailure.USAGE, "--org: this is not the name of an organization");
        }
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new CommandFailure(CommandFailure.USAGE, "--name: give 1 to " + LONGEST_NAME + " characters");
        }
        return new AppManifest(name, domain, asked(), webhook, open);
    }

    private SortedMap<String, String> asked() throws CommandFailure {
        var asked = new TreeMap<String, String>();
        for (var each : PermissionList.read("--permissions", permissions).entrySet()) {
            var permission = Permissions.known().named(each.getKey());
            var level = each.getValue();
            if (permission.isEmpty()) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        "--permissions: GitHub has no permission " + MaskedText.argument(each.getKey())
                                + DidYouMean.to(
                                                each.getKey(),
                                                Permissions.known().names())
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse(""));
            }
            if (permission.get().levels().stream()
                    .noneMatch(known -> known.wireName().equals(level))) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        "--permissions: " + permission.get().name() + " has no level " + MaskedText.argument(level)
                                + ", but "
                                + permission.get().levels().stream()
                                        .map(known -> known.wireName())
                                        .sorted()
                                        .toList());
            }
            asked.put(permission.get().name(), level);
        }
        return asked;
    }

    private Duration retries() throws CommandFailure {
        Optional<Duration> given;
        try {
            given = Optional.of(GoValues.duration(timeout)).filter(Duration::isPositive);
        } catch (IllegalArgumentException wrong) {
            given = Optional.empty();
        }
        return given.orElseThrow(() -> new CommandFailure(CommandFailure.USAGE, "--timeout: give a time such as 30m"));
    }

    private Path folder() throws CommandFailure {
        try {
            return environment.directory().resolve(output).normalize();
        } catch (InvalidPathException wrong) {
            throw new CommandFailure(CommandFailure.USAGE, "--output: this is not a folder");
        }
    }
}
