package dev.octosts.app.cli.githubapp;

import dev.octosts.api.Egress;
import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.settings.Outgoing;
import dev.octosts.github.GitHub;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The addresses of GitHub: its API, and the pages that people see. */
final class WebAddresses {

    private static final String API = "https://api.github.com";
    private static final String ENTERPRISE = "/api/v3";

    @Option(
            names = "--github-url",
            paramLabel = "URL",
            description =
                    "GitHub's REST API, such as https://ghe.example/api/v3; else the variable GITHUB_BASE_URL, else "
                            + API + ".")
    @Nullable
    String gitHubUrl;

    WebAddresses() {}

    URI api(CommandEnvironment environment) throws CommandFailure {
        var given = environment.given("--github-url", gitHubUrl, "GITHUB_BASE_URL");
        var text = given.map(CommandEnvironment.GivenValue::value).orElse(API).replaceFirst("/+$", "");
        try {
            var address = URI.create(text);
            if ("https".equals(address.getScheme())
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException wrong) {
            // reported below
        }
        throw new CommandFailure(
                CommandFailure.USAGE,
                given.map(CommandEnvironment.GivenValue::name).orElse("--github-url")
                        + ": this is not an https address of a GitHub API; give one like https://ghe.example.com/api/v3");
    }

    /**
     * The pages of github.com have a host of their own next to the API's; those of an Enterprise Server are above the
     * API.
     */
    String pages(CommandEnvironment environment) throws CommandFailure {
        var api = api(environment);
        var host = api.getHost().toLowerCase(Locale.ROOT);
        boolean beside = host.startsWith("api.")
                && (api.getRawPath() == null || api.getRawPath().isEmpty());
        if (beside) {
            return "https://" + api.getRawAuthority().substring("api.".length());
        }
        var text = api.toString();
        return text.endsWith(ENTERPRISE) ? text.substring(0, text.length() - ENTERPRISE.length()) : text;
    }

    GitHub client(CommandEnvironment environment, URI api) throws CommandFailure {
        var outgoing = Outgoing.read(environment.variables());
        if (!outgoing.faults().isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    outgoing.faults().stream().map(Object::toString).toArray(String[]::new));
        }
        return new GitHub(api, new Egress(outgoing.tls(), outgoing.proxies()), GitHub.Time.ofThisMachine(), call -> {});
    }
}
