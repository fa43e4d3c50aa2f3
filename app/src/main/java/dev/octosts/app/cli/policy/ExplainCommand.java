package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.LocalFiles;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.TextOrJson;
import dev.octosts.app.cli.policy.report.CheckedFile;
import dev.octosts.app.cli.policy.report.Colours;
import dev.octosts.app.cli.policy.report.FoundFile;
import dev.octosts.app.cli.policy.report.JsonReport;
import dev.octosts.app.cli.policy.report.SourceText;
import dev.octosts.app.cli.policy.report.TextReport;
import dev.octosts.app.cli.usage.MaskedText;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.explain.Explanation;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.text.JsonWriter;
import dev.octosts.policy.text.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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
        footer = {
            "octo-sts policy explain --policy .github/chainguard/ci.sts.yaml --token - < token",
            "octo-sts policy explain --policy ci.sts.yaml --claims claims.json \\",
            "    --domain sts.example.com --at 2026-01-01T00:00:00Z --format json"
        },
        exitCodeList = {
            "0:the token is accepted",
            "1:the token or the policy is refused",
            "2:something is missing or makes no sense"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final int REFUSED = 1;
    private static final String UNUSABLE = "no token is accepted before the policy is corrected";
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

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

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Explain what happens at that time, such as 2026-01-01T00:00:00Z or the seconds of an exp;"
                    + " now when not given.")
    @Nullable
    String at;

    @Mixin
    TextOrJson format = new TextOrJson();

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
            var moment = moment();
            var file = PolicyFiles.existing(policy, environment.directory());
            var target = ExplainedScope.of(scope, file, environment);
            byte[] text = read(file);
            if (claims.readsInput() && environment.isTyped()) {
                terminal.err().println("octo-sts: waiting for standard input; paste it, then press Ctrl-D");
                terminal.err().flush();
            }
            var given = claims.read(environment);
            var before = given.refusedBefore(moment);
            if (before.isPresent()) {
                return refusedBefore(before.get(), terminal);
            }
            return switch (TrustPolicy.read(text, target.kind())) {
                case TrustPolicy.Reading.Valid(var read) -> explain(read, target, given, terminal);
                case TrustPolicy.Reading.Unparsable _, TrustPolicy.Reading.Invalid _ ->
                    refused(file, text, target.context(), terminal);
            };
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
    }

    private byte[] read(Path file) throws CommandFailure {
        try {
            return LocalFiles.read(file);
        } catch (IOException failed) {
            throw new CommandFailure(CommandFailure.USAGE, policy + ": " + LocalFiles.reason(failed));
        }
    }

    private Instant moment() throws CommandFailure {
        if (at == null) {
            return environment.clock().instant();
        }
        try {
            return SECONDS.matcher(at).matches()
                    ? Instant.ofEpochSecond(Long.parseLong(at))
                    : OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeParseException _) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--at: " + MaskedText.argument(at)
                            + " is not a time such as 2026-01-01T00:00:00Z, or seconds as in exp");
        }
    }

    /** The service does not look at the policy, so its rules do not matter. */
    private int refusedBefore(String reason, Terminal terminal) {
        var summary = "refused before the policy is looked at: " + SafeText.line(reason);
        switch (format.format()) {
            case text -> terminal.out().println(summary);
            case json -> print(Map.of("accepted", false, "summary", summary), terminal);
        }
        terminal.out().flush();
        return REFUSED;
    }

    private static void print(Map<String, Object> explanation, Terminal terminal) {
        terminal.out().println(JsonWriter.forBuilds(explanation, 0));
    }

    /** The service refuses every token in this case, whatever its claims. */
    private int refused(Path file, byte[] text, FileContext context, Terminal terminal) {
        var errors = PolicyLinter.lint(text, context).stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        var found = new FoundFile(file, policy, file, Optional.empty());
        var source = SourceText.of(text);
        switch (format.format()) {
            case text -> {
                new TextReport(terminal.out(), colours())
                        .file(new CheckedFile(found, context.kind().title(), source, errors, List.of()));
                terminal.out().println(UNUSABLE);
            }
            case json -> {
                var explanation = new LinkedHashMap<String, Object>();
                explanation.put("accepted", false);
                explanation.put("summary", UNUSABLE);
                explanation.put(
                        "diagnostics",
                        errors.stream()
                                .map(diagnostic -> JsonReport.diagnostic(source, diagnostic))
                                .toList());
                print(explanation, terminal);
            }
        }
        terminal.out().flush();
        return REFUSED;
    }

    private int explain(TrustPolicy read, ExplainedScope target, ClaimsOptions.ClaimsInput given, Terminal terminal) {
        var claims = given.claims();
        var assumed = assumedDomain(read, claims);
        var own = domain.value(environment).or(() -> assumed).orElse("");
        var explanation = Explanation.of(read, claims, own);
        Optional<String> granted = explanation.decision() instanceof Permit permit && explanation.accepted()
                ? Optional.of(target.granted(permit.grant()))
                : Optional.empty();
        switch (format.format()) {
            case text -> {
                var out = terminal.out();
                out.print(SafeText.lines(explanation.text()));
                granted.ifPresent(gets -> out.println("the token gets: " + SafeText.line(gets)));
                assumed.ifPresent(taken -> out.println("careful: --domain is not given; " + SafeText.line(taken)
                        + " is taken for the service's own, because the token is meant for it"));
                out.println("not verified: the signature, and whether the organization trusts the issuer");
            }
            case json -> {
                var all = new LinkedHashMap<>(explanation.toMap());
                granted.ifPresent(gets -> all.put("gets", gets));
                assumed.ifPresent(taken -> all.put("assumed_domain", taken));
                all.put("verified", false);
                print(all, terminal);
            }
        }
        terminal.out().flush();
        return explanation.accepted() ? ExitCode.OK : REFUSED;
    }

    /** Only a policy without audience asks for the service's own domain. */
    private Optional<String> assumedDomain(TrustPolicy read, Claims claims) {
        var document = read.document();
        boolean asks = document.audience() == null && document.audiencePattern() == null;
        return asks && domain.value(environment).isEmpty()
                ? claims.audiences().stream().findFirst()
                : Optional.empty();
    }

    private Colours colours() {
        return Colours.wanted(environment.variables(), Colours::isTerminal);
    }
}
