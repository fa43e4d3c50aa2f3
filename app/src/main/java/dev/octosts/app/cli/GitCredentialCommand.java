package dev.octosts.app.cli;

import dev.octosts.app.cli.TokenAcquisition.Order;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.ServiceAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        sortOptions = false)
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

    private final CommandEnvironment surroundings;

    public GitCredentialCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    GitCredentialCommand(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
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
            return stop.tell(terminal.err());
        }
    }

    private void get(Terminal terminal) throws CommandFailure, InterruptedException, IOException {
        if (token.readsInput()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--token -: standard input is git's here; give --token-file or --token-command");
        }
        var request = CredentialRequest.read(surroundings.input());
        if (request.isEmpty() || !request.get().isFor(host(service.gitHub(surroundings)))) {
            return; // Another helper may know.
        }
        var order = order(request.get());
        try (var network = TokenAcquisition.network(surroundings, terminal.userAgent())) {
            print(new TokenAcquisition(surroundings, network).token(token, order), terminal.out());
        }
    }

    private Order order(CredentialRequest request) throws CommandFailure {
        Optional<String> scope = service.scope(surroundings).or(request::repository);
        if (scope.isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "git does not say which repository it wants, and --scope is missing",
                    "next: git config --global credential.useHttpPath true, or give --scope (or OCTOSTS_SCOPE)");
        }
        return new Order(
                service.service(surroundings),
                scope.get(),
                service.identity(surroundings),
                Map.of(),
                timeout.patience());
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
}
