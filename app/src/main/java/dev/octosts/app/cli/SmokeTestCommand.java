package dev.octosts.app.cli;

import dev.octosts.app.cli.CommandEnvironment.GivenValue;
import dev.octosts.app.cli.usage.MaskedText;
import dev.octosts.probers.GitHubClient;
import dev.octosts.probers.IdentityTokenSource;
import dev.octosts.probers.Network;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.StsClient;
import dev.octosts.probers.TokenRevoker;
import dev.octosts.probers.smoke.SmokeFile;
import dev.octosts.probers.smoke.SmokeSuite;
import dev.octosts.probers.smoke.SmokeTests;
import dev.octosts.probers.smoke.SmokeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code smoketest}: runs the smoke tests of a file. */
@Command(
        name = "smoketest",
        description =
                "Makes the tests of a file against a service: exchanges that must be granted, with what the tokens"
                        + " must be able to read, and exchanges that must be refused.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnInvalidInput = 1,
        footer = {
            "octo-sts smoketest smoke.yaml",
            "octo-sts smoketest --token-file token --format junit smoke.yaml > smoke.xml"
        },
        exitCodeList = {"0:every test passed", "1:a test failed, or something is missing or makes no sense"})
public final class SmokeTestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CONFIG.yaml", arity = "0..1", description = "The file.")
    @Nullable
    String file;

    @Option(
            names = {"-config", "--config"},
            paramLabel = "FILE",
            description = "The same, as existing set-ups say it.")
    @Nullable
    String config;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The service; https:// and the domain of the file when not given.")
    @Nullable
    String url;

    @Mixin
    AddressOptions addresses = new AddressOptions();

    @Mixin
    TimeoutOption timeout = new TimeoutOption();

    @Mixin
    TokenOptions token = new TokenOptions();

    @Option(
            names = "--format",
            paramLabel = "text|json|junit",
            defaultValue = "text",
            description = "For people (the default), for programs, or for CI systems.")
    Format format = Format.text;

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    /** The formats of a report. */
    enum Format {
        text,
        json,
        junit
    }

    public SmokeTestCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    SmokeTestCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Option(names = "--json", description = "The same as --format json.")
    void json(boolean wanted) {
        format = wanted ? Format.json : format;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try (var network = TokenAcquisition.network(environment, terminal.userAgent())) {
            return run(suite(), network, terminal);
        } catch (CommandFailure stop) {
            stop.tell(terminal);
            return CommandFailure.REFUSED;
        } catch (InterruptedException _) {
            return CommandFailure.REFUSED; // the process was asked to end; all tokens were given back
        }
    }

    private int run(SmokeSuite suite, Network network, Terminal terminal) throws CommandFailure, InterruptedException {
        var gitHub = addresses.gitHub(environment);
        var retries = timeout.retries();
        var services = new SmokeTests.Services(
                tokens(network),
                new StsClient(service(suite), network, retries),
                new GitHubClient(gitHub, network, retries),
                new TokenRevoker(gitHub, network, retries));
        var tests = new SmokeTests(services, token.audience(environment, suite.domain()));
        try (var _ = ShutdownCleanup.ofThisThread()) {
            var report = tests.run(suite, result -> {
                if (format == Format.text) {
                    print(terminal, SmokeText.line(result));
                }
            });
            print(
                    terminal,
                    switch (format) {
                        case text -> SmokeText.summary(report);
                        case json -> SmokeText.json(report);
                        case junit -> SmokeText.junit(report);
                    });
            return report.isPassed() ? ExitCode.OK : CommandFailure.REFUSED;
        }
    }

    private static void print(Terminal terminal, String text) {
        terminal.out().println(text);
        terminal.out().flush();
    }

    /** Without options: the token service of GitHub Actions, where smoke tests of the reference run. */
    private IdentityTokenSource tokens(Network network) throws CommandFailure {
        if (token.readsInput()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--token -: tokens are needed again and again; give --token-file or --token-command");
        }
        return token.isGiven(environment)
                ? token.source(environment, network, timeout.retries())
                : IdentityTokenSource.ofGitHubActions(environment.variables(), network, timeout.retries());
    }

    private ServiceAddress service(SmokeSuite suite) throws CommandFailure {
        if (url != null) {
            return addresses.address(new GivenValue("--url", url));
        }
        return addresses.address(new GivenValue("domain", "https://" + suite.domain()));
    }

    private SmokeSuite suite() throws CommandFailure {
        if ((file == null) == (config == null)) {
            throw new CommandFailure(CommandFailure.USAGE, "CONFIG.yaml is missing: give one file of smoke tests");
        }
        var name = file == null ? String.valueOf(config) : file;
        return switch (SmokeFile.read(text(name))) {
            case SmokeFile.Outcome.Sound(var suite) -> suite;
            case SmokeFile.Outcome.Faulty(var faults) ->
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        faults.stream().map(fault -> name + ": " + fault).toArray(String[]::new));
        };
    }

    private static String text(String name) throws CommandFailure {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(SmokeFile.LIMIT + 1);
            if (bytes.length > SmokeFile.LIMIT) {
                throw new CommandFailure(
                        CommandFailure.USAGE, name + ": the file is larger than " + SmokeFile.LIMIT + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new CommandFailure(CommandFailure.USAGE, name + ": the file is not UTF-8");
        } catch (IOException failed) {
            throw new CommandFailure(
                    CommandFailure.USAGE, MaskedText.argument(name) + ": " + LocalFiles.reason(failed));
        } catch (InvalidPathException _) {
            throw new CommandFailure(CommandFailure.USAGE, MaskedText.argument(name) + ": this is not a path");
        }
    }
}
