package dev.octosts.app.cli.githubapp;

import dev.octosts.api.Egress;
import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.LocalFiles;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.TextOrJson;
import dev.octosts.app.keys.KeyServices;
import dev.octosts.app.settings.Outgoing;
import dev.octosts.github.key.KeyImport.ImportRequest;
import dev.octosts.github.key.KeyMaterial;
import dev.octosts.policy.text.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code key import}: takes an App's private key into a key management service. */
@Command(
        name = "import",
        description =
                "Takes the private key of a GitHub App into a key management service, signs with it there, and says what"
                        + " to configure. The key travels encrypted for the service alone (aws, gcp, vault), by TLS (akv), or"
                        + " within this machine (pkcs11). Nothing of it is printed, and the file stays as it is.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "octo-sts key import app.pem --provider aws --name alias/octo-sts --dry-run",
            "octo-sts key import app.pem --provider vault --name octo-sts"
        },
        exitCodeList = {
            "0:the key is there, and signs",
            "1:the service refuses it, or it does not sign",
            "2:an argument makes no sense, or the file has no key"
        })
public final class KeyImportCommand implements Callable<Integer> {

    private static final String PROVIDER = "KMS_PROVIDER";

    /** The key management services. */
    enum Provider {
        aws,
        gcp,
        akv,
        vault,
        pkcs11
    }

    @Parameters(
            paramLabel = "FILE",
            description = "The key that GitHub has made for the App: a PEM file; - reads it from standard input.")
    String file = "";

    @Option(
            names = "--provider",
            paramLabel = "aws|gcp|akv|vault|pkcs11",
            description = "The key management service; without it the one that KMS_PROVIDER names.")
    @Nullable
    Provider provider;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description =
                    "Where the key shall be. aws: an alias, or the id of a key that waits for its material; gcp: the"
                            + " resource name of a key, without a version; akv: the identifier, without a version; vault: NAME or"
                            + " MOUNT/NAME; pkcs11: a label.")
    String name = "";

    @Option(
            names = "--replace",
            description =
                    "Take the place of a key that has the name already: the alias is moved, or there is a new version."
                            + " GitHub has to know both keys until then.")
    boolean replace;

    @Option(names = "--dry-run", description = "Say what would be done, and call nothing.")
    boolean dryRun;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Take the service's address and identity from this file of NAME=VALUE lines, and from the"
                    + " environment only what the file does not have.")
    @Nullable
    String environmentFile;

    @Mixin
    TextOrJson format = new TextOrJson();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public KeyImportCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    KeyImportCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        List<Finding> findings;
        try (var key = key()) {
            findings = findings(key);
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

    private List<Finding> findings(KeyMaterial key) throws CommandFailure {
        var variables = variables();
        var chosen = provider(variables);
        var outgoing = Outgoing.read(variables);
        if (!outgoing.faults().isEmpty()) {
            return outgoing.faults().stream().map(KeyExamination::faulty).toList();
        }
        var services = new KeyServices(variables, () -> new Egress(outgoing.tls(), outgoing.proxies()));
        var taking = new KeyTaking(services, chosen, new ImportRequest(name, key, replace));
        return dryRun ? taking.planned() : taking.taken();
    }

    private Map<String, String> variables() throws CommandFailure {
        if (environmentFile == null) {
            return environment.variables();
        }
        var all = new HashMap<>(environment.variables());
        all.putAll(EnvironmentFile.read(environment.directory(), environmentFile));
        return all;
    }

    private String provider(Map<String, String> variables) throws CommandFailure {
        if (provider != null) {
            return provider.name();
        }
        var given = variables.getOrDefault(PROVIDER, "").toLowerCase(Locale.ROOT);
        return Stream.of(Provider.values())
                .map(Provider::name)
                .filter(given::equals)
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        CommandFailure.USAGE,
                        given.isEmpty()
                                ? "--provider is missing; give one of aws, gcp, akv, vault, pkcs11"
                                : "--provider is missing, and " + PROVIDER
                                        + " is none of aws, gcp, akv, vault, pkcs11"));
    }

    private KeyMaterial key() throws CommandFailure {
        byte[] text = {};
        try {
            text = text();
            var key = KeyMaterial.ofPem(text);
            key.publicKey(); // a file without the primes has none
            return key;
        } catch (IOException failed) {
            throw new CommandFailure(CommandFailure.USAGE, shown() + ": " + LocalFiles.reason(failed));
        } catch (InvalidPathException notAPath) {
            throw new CommandFailure(CommandFailure.USAGE, "FILE is not a path");
        } catch (IllegalArgumentException noKey) {
            throw new CommandFailure(CommandFailure.USAGE, shown() + ": " + noKey.getMessage());
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private byte[] text() throws IOException {
        if (file.equals("-")) {
            return environment.input().readNBytes(KeyMaterial.LONGEST_TEXT + 1);
        }
        try (var in = Files.newInputStream(environment.directory().resolve(file))) {
            return in.readNBytes(KeyMaterial.LONGEST_TEXT + 1);
        }
    }

    private String shown() {
        return file.equals("-") ? "standard input" : SafeText.line(file);
    }
}
