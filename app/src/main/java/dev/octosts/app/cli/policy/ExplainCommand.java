package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.LocalFiles;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.policy.report.CheckedFile;
import dev.octosts.app.cli.policy.report.Colours;
import dev.octosts.app.cli.policy.report.FoundFile;
import dev.octosts.app.cli.policy.report.SourceText;
import dev.octosts.app.cli.policy.report.TextReport;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.Grant;
import dev.octosts.policy.PolicyKind;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.explain.Explanation;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.text.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code explain}: shows why a policy accepts a token or refuses it. */
@Command(
        name = "explain",
        description = "Says rule by rule why a policy accepts a token or refuses it, and what would have to change.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the token is accepted",
            "1:the token or the policy is refused",
            "2:something is missing or makes no sense"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final int REFUSED = 1;

    @Option(names = "--policy", paramLabel = "FILE", required = true, description = "The policy.")
    String policy = "";

    @ArgGroup(multiplicity = "1")
    ClaimsOptions claims = new ClaimsOptions();

    @Option(
            names = "--scope",
            paramLabel = "OWNER[/REPOSITORY]",
            description = "What the token is asked for; an owner alone means an organization policy. Without it, the"
                    + " repository that holds the file tells.")
    @Nullable
    String scope;

    @Mixin
    DomainOption domain = new DomainOption();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    ExplainCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    ExplainCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try {
            var file = PolicyFiles.existing(policy, environment.directory());
            var target = ExplainedScope.of(scope, file, environment);
            byte[] text = read(file);
            var given = claims.read(environment);
            return switch (TrustPolicy.read(text, target.kind())) {
                case TrustPolicy.Reading.Valid(var read) -> explain(read, target, given, terminal);
                case TrustPolicy.Reading.Unparsable _, TrustPolicy.Reading.Invalid _ ->
                    refused(file, text, target.context(), terminal);
            };
        } catch (CommandFailure stop) {
            return stop.tell(terminal.err());
        }
    }

    private byte[] read(Path file) throws CommandFailure {
        try {
            return LocalFiles.read(file);
        } catch (IOException failed) {
            throw new CommandFailure(CommandFailure.USAGE, policy + ": " + LocalFiles.reason(failed));
        }
    }

    /** The service refuses every token in this case, whatever its claims. */
    private int refused(Path file, byte[] text, FileContext context, Terminal terminal) {
        var errors = PolicyLinter.lint(text, context).stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        var found = new FoundFile(file, policy, file, Optional.empty());
        var kind =
                context.kind() == FileKind.ORGANIZATION ? CheckedFile.Kind.ORGANIZATION : CheckedFile.Kind.REPOSITORY;
        new TextReport(terminal.out(), colours())
                .file(new CheckedFile(found, kind, SourceText.of(text), errors, List.of()));
        terminal.out().println("no token is accepted before the policy is corrected");
        terminal.out().flush();
        return REFUSED;
    }

    private int explain(TrustPolicy read, ExplainedScope target, ClaimsOptions.ClaimsInput given, Terminal terminal) {
        var out = terminal.out();
        var claims = given.claims();
        var assumed = assumedDomain(read, claims);
        var own = domain.value(environment).or(() -> assumed).orElse("");
        var explanation = Explanation.of(read, claims, own);
        var before = given.refusedBefore(environment.clock().instant());
        before.ifPresent(reason -> out.println("refused before the policy is looked at: " + SafeText.line(reason)));
        out.print(SafeText.lines(explanation.text()));
        if (explanation.decision() instanceof Permit permit && explanation.accepted()) {
            out.println("the token gets: " + SafeText.line(target.granted(permit.grant())));
        }
        assumed.ifPresent(taken -> out.println("careful: --domain is not given; " + SafeText.line(taken)
                + " is taken for the service's own, because the token is meant for it"));
        notVerified(out);
        out.flush();
        return explanation.accepted() && before.isEmpty() ? ExitCode.OK : REFUSED;
    }

    /** Only a policy without audience asks for the service's own domain. */
    private Optional<String> assumedDomain(TrustPolicy read, Claims claims) {
        var document = read.document();
        boolean asks = document.audience() == null && document.audiencePattern() == null;
        return asks && domain.value(environment).isEmpty()
                ? claims.audiences().stream().findFirst()
                : Optional.empty();
    }

    private static void notVerified(PrintWriter out) {
        out.println("not verified: the signature, and whether the organization trusts the issuer");
    }

    private Colours colours() {
        return Colours.wanted(environment.variables(), Colours::isTerminal);
    }

    /**
     * The scope that a token is asked for.
     *
     * @param context of the policy file
     * @param wholeOwner whether the scope is an owner alone, or not known
     */
    private record ExplainedScope(FileContext context, boolean wholeOwner) {

        static ExplainedScope of(@Nullable String scope, Path file, CommandEnvironment environment)
                throws CommandFailure {
            var options = new RepositoryOptions();
            if (scope == null || scope.isEmpty()) {
                return new ExplainedScope(policy(options.resolver(environment).context(file)), true);
            }
            boolean owner = GitHubNames.isLogin(scope);
            if (!owner && RepositoryName.of(scope).isEmpty()) {
                throw new CommandFailure(
                        CommandFailure.USAGE, "--scope: write OWNER/REPOSITORY, or OWNER for an organization policy");
            }
            if (owner) {
                options.organization = scope;
            } else {
                options.repository = scope;
            }
            return new ExplainedScope(policy(options.resolver(environment).context(file)), owner);
        }

        private static FileContext policy(FileContext context) throws CommandFailure {
            if (!context.kind().isPolicy()) {
                throw new CommandFailure(
                        CommandFailure.USAGE, "--policy: this is a file about policies; give a policy");
            }
            return context;
        }

        PolicyKind kind() {
            return context.kind() == FileKind.ORGANIZATION ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY;
        }

        /** The permissions of the token, and the repositories to which they apply. */
        String granted(Grant grant) {
            var permissions = grant.permissions().entrySet().stream()
                    .map(each -> each.getKey() + ": " + each.getValue().wireName())
                    .sorted()
                    .collect(Collectors.joining(", "));
            return permissions + " on " + repositories(grant.repositories());
        }

        private String repositories(List<String> listed) {
            if (!listed.isEmpty() && kind() == PolicyKind.ORGANIZATION) {
                return String.join(", ", listed);
            }
            if (kind() == PolicyKind.ORGANIZATION && wholeOwner) {
                return "every repository of the installation";
            }
            Optional<String> owner = context.owner();
            return context.repository()
                    .map(name -> owner.map(found -> found + "/").orElse("") + name)
                    .orElse("the repository that holds the policy");
        }
    }
}
