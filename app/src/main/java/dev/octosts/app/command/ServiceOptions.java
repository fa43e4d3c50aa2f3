package dev.octosts.app.command;

import dev.octosts.app.command.Surroundings.Given;
import dev.octosts.app.settings.GoValues;
import dev.octosts.probers.Patience;
import dev.octosts.probers.ServiceAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which service is asked, for what, and how patiently. */
final class ServiceOptions {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String GITHUB = "https://api.github.com";

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

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long to try, pauses included, such as 30s or 2m; ${DEFAULT-VALUE} when not given.")
    String timeout = "30s";

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
            description = "Send tokens over plain http to any host: whoever is on the way can read them.")
    boolean insecureHttp;

    ServiceOptions() {}

    ServiceAddress service(Surroundings surroundings) throws Stop {
        return address(required(
                surroundings.given("--url", url, "OCTOSTS_URL"),
                "--url is missing: the address of the service, such as https://sts.example.com (or OCTOSTS_URL)"));
    }

    String identity(Surroundings surroundings) throws Stop {
        return required(
                        surroundings.given("--identity", identity, "OCTOSTS_IDENTITY"),
                        "--identity is missing: the name of a trust policy, NAME of .github/chainguard/NAME.sts.yaml"
                                + " (or OCTOSTS_IDENTITY)")
                .value();
    }

    Optional<String> scope(Surroundings surroundings) {
        return surroundings.given("--scope", scope, "OCTOSTS_SCOPE").map(Given::value);
    }

    ServiceAddress gitHub(Surroundings surroundings) throws Stop {
        return address(surroundings
                .given("--github-url", gitHubUrl, "GITHUB_API_URL")
                .orElse(new Given("--github-url", GITHUB)));
    }

    Patience patience() throws Stop {
        try {
            var limit = GoValues.duration(timeout);
            if (limit.isPositive() && limit.compareTo(LONGEST) <= 0) {
                return Patience.of(limit);
            }
        } catch (IllegalArgumentException wrong) {
            throw new Stop(Stop.USAGE, "--timeout: " + wrong.getMessage());
        }
        throw new Stop(Stop.USAGE, "--timeout: give more than nothing and at most 10m");
    }

    private ServiceAddress address(Given given) throws Stop {
        try {
            return insecureHttp ? ServiceAddress.insecureHttp(given.value()) : ServiceAddress.of(given.value());
        } catch (IllegalArgumentException wrong) {
            throw new Stop(Stop.USAGE, given.name() + ": " + wrong.getMessage());
        }
    }

    private static Given required(Optional<Given> given, String missing) throws Stop {
        return given.orElseThrow(() -> new Stop(Stop.USAGE, missing));
    }
}
