package dev.octosts.app.cli;

import dev.octosts.app.cli.TokenAcquisition.Order;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.ServiceAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code git-credential}: gives git a GitHub token whenever git needs a password for GitHub.
 *
 * @see <a href="https://git-scm.com/docs/gitcredentials#_custom_helpers">gitcredentials: custom helpers</a>
 */
@Command(
        name = "git-credential",
        description = "A credential helper of git: exchanges a token whenever git wants a password for GitHub.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "octo-sts git-credential --url https://sts.example.com --identity ci \\",
            "    --token-file /var/run/secrets/tokens/octo-sts get",
            "git config --global credential.https://github.com.helper \\",
            "    '/opt/octo-sts/bin/octo-sts git-credential --url https://sts.example.com \\",
            "    --identity ci --github-actions'"
        })
public final class GitCredentialCommand implements Callable<Integer> {

    private static final String API = "api.";
    private static final int HTTPS = 443;

    @Mixin
    ServiceOptions service = new ServiceOptions();

    @Mixin
    TimeoutOption timeout = new TimeoutOption();

    @Mixin
    TokenOptions token = new TokenOptions();

    @Parameters(
            paramLabel = "get|store|erase",
            description = "What git wants. Nothing is stored, so only get does something.")
    String operation = "";

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public GitCredentialCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    GitCredentialCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        var terminal = Terminal.of(spec);
        try {
            // The protocol of git requires a helper to ignore operations that it does not know.
            if (operation.equals("get")) {
                get(terminal);
            }
            return ExitCode.OK;
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
    }

    private void get(Terminal terminal) throws CommandFailure, InterruptedException, IOException {
        if (token.readsInput()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--token -: standard input is git's here; give --token-file or --token-command");
        }
        var request = CredentialRequest.read(environment.input());
        if (request.isEmpty() || !request.get().isFor(host(service.gitHub(environment)))) {
            return; // Another helper may know.
        }
        var order = order(request.get());
        try (var network = TokenAcquisition.network(environment, terminal.userAgent())) {
            print(new TokenAcquisition(environment, network).token(token, order), terminal.out());
        }
    }

    private Order order(CredentialRequest request) throws CommandFailure {
        Optional<String> scope = service.scope(environment).or(request::repository);
        if (scope.isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "git does not say which repository it wants, and --scope is missing",
                    "next: git config --global credential.useHttpPath true, or give --scope (or OCTOSTS_SCOPE)");
        }
        return new Order(
                service.service(environment),
                scope.get(),
                service.identity(environment),
                Map.of(),
                false,
                timeout.retries());
    }

    /** The host of the repositories, derived from the address of the API. */
    private static String host(ServiceAddress gitHub) {
        var host = gitHub.host().startsWith(API) ? gitHub.host().substring(API.length()) : gitHub.host();
        return gitHub.port() < 0 || gitHub.port() == HTTPS ? host : host + ":" + gitHub.port();
    }

    private static void print(Token token, PrintWriter out) {
        out.print("username=x-access-token\npassword=" + token.value() + "\n");
        token.expiry().ifPresent(expiry -> out.print("password_expiry_utc=" + expiry.getEpochSecond() + "\n"));
        out.flush();
    }

    /**
     * A request that git sends to a credential helper.
     *
     * @see <a href="https://git-scm.com/docs/git-credential#IOFMT">git-credential: input/output format</a>
     */
    private static final class CredentialRequest {

        private static final int LIMIT = 64 * 1024;
        private static final Pattern REPOSITORY =
                Pattern.compile("/?([A-Za-z0-9-]+)/([A-Za-z0-9._-]+?)(?:\\.wiki)?(?:\\.git)?(?:/.*)?");

        private final Map<String, String> attributes;

        private CredentialRequest(Map<String, String> attributes) {
            this.attributes = attributes;
        }

        /** Reads lines of {@code name=value} up to an empty line or the end; empty when there are too many. */
        static Optional<CredentialRequest> read(InputStream input) throws IOException {
            byte[] bytes = input.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                return Optional.empty();
            }
            var attributes = new HashMap<String, String>();
            new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .forEach(line -> {
                        int equals = line.indexOf('=');
                        if (equals > 0) {
                            attributes.put(line.substring(0, equals), line.substring(equals + 1));
                        }
                    });
            return Optional.of(new CredentialRequest(attributes));
        }

        /** Whether git will send the credential to this host over an encrypted connection. */
        boolean isFor(String host) {
            return "https".equals(attributes.get("protocol")) && host.equalsIgnoreCase(attributes.get("host"));
        }

        /** The {@code owner/repository} of the path, which git sends when {@code credential.useHttpPath} is set. */
        Optional<String> repository() {
            var path = REPOSITORY.matcher(attributes.getOrDefault("path", ""));
            return path.matches() ? Optional.of(path.group(1) + "/" + path.group(2)) : Optional.empty();
        }
    }
}
