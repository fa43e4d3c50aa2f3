package dev.octosts.app.cli;

import dev.octosts.app.cli.CommandEnvironment.GivenValue;
import dev.octosts.probers.ServiceAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the address of GitHub, and for the form of addresses that is allowed. */
final class AddressOptions {

    private static final String GITHUB = "https://api.github.com";

    @Option(
            names = "--github-url",
            paramLabel = "URL",
            description =
                    "GitHub's REST API, such as https://ghe.example/api/v3; else the variable GITHUB_API_URL, else "
                            + GITHUB + ".")
    @Nullable
    String gitHubUrl;

    @Option(
            names = "--insecure-http",
            description = "Send tokens over plain http to any host: anyone on the way can read them.")
    boolean insecureHttp;

    AddressOptions() {}

    ServiceAddress gitHub(CommandEnvironment environment) throws CommandFailure {
        return address(environment
                .given("--github-url", gitHubUrl, "GITHUB_API_URL")
                .orElse(new GivenValue("--github-url", GITHUB)));
    }

    ServiceAddress address(GivenValue given) throws CommandFailure {
        try {
            return insecureHttp ? ServiceAddress.insecureHttp(given.value()) : ServiceAddress.of(given.value());
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(CommandFailure.USAGE, given.name() + ": " + wrong.getMessage());
        }
    }
}
