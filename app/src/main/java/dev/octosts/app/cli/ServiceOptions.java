package dev.octosts.app.cli;

import dev.octosts.app.cli.CommandEnvironment.GivenValue;
import dev.octosts.probers.ServiceAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the service, the scope and the identity. */
final class ServiceOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The service, such as https://sts.example.com; else the variable OCTOSTS_URL.")
    @Nullable
    String url;

    @Option(
            names = "--scope",
            paramLabel = "OWNER[/REPOSITORY]",
            description = "What the token is for; else the variable OCTOSTS_SCOPE.")
    @Nullable
    String scope;

    @Option(
            names = "--identity",
            paramLabel = "NAME",
            description =
                    "The trust policy's name: .github/chainguard/NAME.sts.yaml; else the variable OCTOSTS_IDENTITY.")
    @Nullable
    String identity;

    @Mixin
    AddressOptions addresses = new AddressOptions();

    ServiceOptions() {}

    ServiceAddress service(CommandEnvironment environment) throws CommandFailure {
        return addresses.address(required(
                environment.given("--url", url, "OCTOSTS_URL"),
                "--url is missing: the address of the service, such as https://sts.example.com (or OCTOSTS_URL)"));
    }

    String identity(CommandEnvironment environment) throws CommandFailure {
        return required(
                        environment.given("--identity", identity, "OCTOSTS_IDENTITY"),
                        "--identity is missing: the name of a trust policy, NAME of .github/chainguard/NAME.sts.yaml"
                                + " (or OCTOSTS_IDENTITY)")
                .value();
    }

    Optional<String> scope(CommandEnvironment environment) {
        return environment.given("--scope", scope, "OCTOSTS_SCOPE").map(GivenValue::value);
    }

    ServiceAddress gitHub(CommandEnvironment environment) throws CommandFailure {
        return addresses.gitHub(environment);
    }

    private static GivenValue required(Optional<GivenValue> given, String missing) throws CommandFailure {
        return given.orElseThrow(() -> new CommandFailure(CommandFailure.USAGE, missing));
    }
}
