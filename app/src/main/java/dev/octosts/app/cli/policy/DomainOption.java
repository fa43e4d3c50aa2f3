package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the service's own domain. */
final class DomainOption {

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "The service's own domain, which tokens are meant for when a policy names no audience; else"
                    + " the variable STS_DOMAIN.")
    @Nullable
    String domain;

    DomainOption() {}

    Optional<String> value(CommandEnvironment environment) {
        return environment.given("--domain", domain, "STS_DOMAIN").map(CommandEnvironment.GivenValue::value);
    }
}
