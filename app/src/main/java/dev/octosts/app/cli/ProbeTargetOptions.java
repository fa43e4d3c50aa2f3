package dev.octosts.app.cli;

import dev.octosts.app.settings.GoValues;
import dev.octosts.probers.IdentityTokenSource;
import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.probe.ProbeTarget;
import dev.octosts.probers.probe.ProbeTarget.TokenSupply;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a prober's checks, in addition to those for the service and the token. */
final class ProbeTargetOptions {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");
    private static final RetryBudget ONE_TOKEN = RetryBudget.once(Duration.ofSeconds(10));

    @Option(
            names = "--other-repository",
            paramLabel = "OWNER/REPOSITORY",
            description = "A private repository that the token must not open; else PROBER_OTHER_REPOSITORY, else the"
                    + " token's own list of repositories is looked at.")
    @Nullable
    String otherRepository;

    @Option(
            names = "--other-identity",
            paramLabel = "NAME",
            description = "A policy in the same scope that trusts somebody else; else PROBER_OTHER_IDENTITY.")
    @Nullable
    String otherIdentity;

    @Option(
            names = "--other-audience-token-file",
            paramLabel = "FILE",
            description = "This workload's token for another audience, where the source cannot choose one; else"
                    + " PROBER_OTHER_AUDIENCE_TOKEN_FILE.")
    @Nullable
    String otherAudienceTokenFile;

    @Option(
            names = "--expired-token-file",
            paramLabel = "FILE",
            description = "A token of this workload that has expired; else PROBER_EXPIRED_TOKEN_FILE.")
    @Nullable
    String expiredTokenFile;

    @Option(
            names = "--slow",
            paramLabel = "DURATION",
            defaultValue = "5s",
            description = "An answer that takes longer is a fault; ${DEFAULT-VALUE} when not given.")
    String slow = "5s";

    ProbeTargetOptions() {}

    /** @param environment with the environment of a prober */
    ProbeTarget target(CommandEnvironment environment, ServiceOptions service, TokenOptions token, Network network)
            throws CommandFailure {
        checkNames(environment, service);
        var address = service.service(environment);
        var scope = service.scope(environment).orElse("");
        return new ProbeTarget(
                address,
                service.gitHub(environment),
                token.audience(environment, address.host()),
                scope,
                service.identity(environment),
                supply(environment, token, network),
                new ProbeTarget.OtherTargets(
                        other(environment, "--other-repository", otherRepository, "PROBER_OTHER_REPOSITORY"),
                        other(environment, "--other-identity", otherIdentity, "PROBER_OTHER_IDENTITY"),
                        file(
                                environment,
                                "--other-audience-token-file",
                                otherAudienceTokenFile,
                                "PROBER_OTHER_AUDIENCE_TOKEN_FILE"),
                        file(environment, "--expired-token-file", expiredTokenFile, "PROBER_EXPIRED_TOKEN_FILE")),
                slow());
    }

    /** Checks the names that a prober's environment uses. */
    private static void checkNames(CommandEnvironment environment, ServiceOptions service) throws CommandFailure {
        var domain = environment.variables().getOrDefault(ProberEnvironment.DOMAIN, "");
        if (!domain.isEmpty() && !HOST.matcher(domain).matches()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "STS_DOMAIN: this is not a host name; give it without https:// and without a path");
        }
        if (environment.given("--url", service.url, "OCTOSTS_URL").isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE, "STS_DOMAIN is not set, and --url is missing: the service to probe");
        }
        if (environment
                .given("--identity", service.identity, "OCTOSTS_IDENTITY")
                .isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "PROBER_IDENTITY is not set, and --identity is missing: the policy that trusts this prober");
        }
    }

    private Duration slow() throws CommandFailure {
        try {
            var limit = GoValues.duration(slow);
            if (limit.isPositive()) {
                return limit;
            }
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(CommandFailure.USAGE, "--slow: " + wrong.getMessage());
        }
        throw new CommandFailure(CommandFailure.USAGE, "--slow: give more than nothing");
    }

    /** Without an option, the platform is that of the reference's prober. */
    static TokenSupply supply(CommandEnvironment environment, TokenOptions token, Network network)
            throws CommandFailure {
        if (token.readsInput()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--token -: tokens are needed again and again; give --token-file or --token-command");
        }
        if (!token.isGiven(environment)) {
            return calls -> IdentityTokenSource.ofGoogle(environment.variables(), calls, ONE_TOKEN);
        }
        var _ = token.source(environment, network, ONE_TOKEN); // reports now a fault in the options
        return calls -> {
            try {
                return token.source(environment, calls, ONE_TOKEN);
            } catch (CommandFailure wrong) {
                return _ -> new Result.Missing(String.valueOf(wrong.getMessage()));
            }
        };
    }

    private static Optional<String> other(
            CommandEnvironment environment, String option, @Nullable String value, String variable) {
        return environment.given(option, value, variable).map(CommandEnvironment.GivenValue::value);
    }

    private static Optional<TokenSupply> file(
            CommandEnvironment environment, String option, @Nullable String value, String variable)
            throws CommandFailure {
        var given = environment.given(option, value, variable);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            var source = IdentityTokenSource.ofFile(Path.of(given.get().value()));
            return Optional.of(_ -> source);
        } catch (InvalidPathException _) {
            throw new CommandFailure(CommandFailure.USAGE, given.get().name() + ": this is not a path");
        }
    }

    /** The variables of existing probers, in addition to those of the other commands. */
    static final class ProberEnvironment {

        static final String DOMAIN = "STS_DOMAIN";
        private static final String SCOPE = "PROBER_SCOPE";
        private static final String IDENTITY = "PROBER_IDENTITY";
        private static final String DEFAULT_SCOPE = "octo-sts/prober";

        private ProberEnvironment() {}

        /** The same environment, with the values of a prober's environment under the names that every command knows. */
        static CommandEnvironment in(CommandEnvironment environment) {
            var given = environment.variables();
            var all = new HashMap<>(given);
            var domain = given.getOrDefault(DOMAIN, "");
            if (!domain.isEmpty()) {
                all.putIfAbsent("OCTOSTS_URL", "https://" + domain);
                all.putIfAbsent("OCTOSTS_AUDIENCE", domain);
            }
            all.putIfAbsent("OCTOSTS_SCOPE", DEFAULT_SCOPE);
            over(all, given, SCOPE, "OCTOSTS_SCOPE");
            over(all, given, IDENTITY, "OCTOSTS_IDENTITY");
            var gitHub = given.getOrDefault("GITHUB_BASE_URL", "");
            if (!gitHub.isEmpty()) {
                all.put("GITHUB_API_URL", gitHub);
            }
            return new CommandEnvironment(all, environment.input(), environment.clock(), environment.directory());
        }

        private static void over(Map<String, String> all, Map<String, String> given, String name, String general) {
            var value = given.getOrDefault(name, "");
            if (!value.isEmpty()) {
                all.put(general, value);
            }
        }
    }
}
