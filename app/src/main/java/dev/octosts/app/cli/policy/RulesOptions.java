package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.lint.OrganizationRules;
import dev.octosts.policy.text.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the organization's rules, whose files are in another repository than the policies. */
final class RulesOptions {

    @Option(
            names = "--trusted-issuers",
            paramLabel = "FILE",
            description = "The organization's trusted-token-issuers.yaml, which policies are held against.")
    @Nullable
    Path trustedIssuers;

    @Option(names = "--guardrails", paramLabel = "FILE", description = "Its guardrails.yaml, the same.")
    @Nullable
    Path guardrails;

    RulesOptions() {}

    OrganizationRules rules(CommandEnvironment surroundings) throws CommandFailure {
        return new OrganizationRules(issuers(surroundings), rails(surroundings));
    }

    private Optional<TrustedIssuers> issuers(CommandEnvironment surroundings) throws CommandFailure {
        if (trustedIssuers == null) {
            return Optional.empty();
        }
        return switch (TrustedIssuers.read(bytes("--trusted-issuers", trustedIssuers, surroundings))) {
            case Parsed.Valid(var issuers) -> Optional.of(issuers);
            case Parsed.Invalid(var faults) -> throw unusable("--trusted-issuers", faults);
        };
    }

    private Optional<Guardrails> rails(CommandEnvironment surroundings) throws CommandFailure {
        if (guardrails == null) {
            return Optional.empty();
        }
        return switch (Guardrails.read(bytes("--guardrails", guardrails, surroundings))) {
            case Parsed.Valid(var rails) -> Optional.of(rails);
            case Parsed.Invalid(var faults) -> throw unusable("--guardrails", faults);
        };
    }

    private static byte[] bytes(String option, Path file, CommandEnvironment surroundings) throws CommandFailure {
        try {
            return FileBytes.read(surroundings.directory().resolve(file));
        } catch (IOException unreadable) {
            throw new CommandFailure(CommandFailure.USAGE, option + ": cannot read " + SafeText.line(file.toString()));
        }
    }

    private static CommandFailure unusable(String option, List<Fault> faults) {
        Fault first = faults.getFirst();
        return new CommandFailure(
                CommandFailure.USAGE,
                "%s: %d:%d %s; 'octo-sts policy check' of that file says everything"
                        .formatted(
                                option,
                                first.place().start().line(),
                                first.place().start().column(),
                                SafeText.line(first.message())));
    }
}
