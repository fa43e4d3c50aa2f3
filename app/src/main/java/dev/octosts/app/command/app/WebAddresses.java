package dev.octosts.app.command.app;

import dev.octosts.app.command.Stop;
import dev.octosts.app.command.Surroundings;
import dev.octosts.app.settings.Outgoing;
import dev.octosts.exchange.github.GitHub;
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

    URI api(Surroundings surroundings) throws Stop {
        var given = surroundings.given("--github-url", gitHubUrl, "GITHUB_BASE_URL");
        var text = given.map(Surroundings.Given::value).orElse(API).replaceFirst("/+$", "");
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
        throw new Stop(
                Stop.USAGE,
                given.map(Surroundings.Given::name).orElse("--github-url")
                        + ": this is not an https address of a GitHub API; give one like https://ghe.example.com/api/v3");
    }

    /**
     * The pages of github.com have a host of their own next to the API's; those of an Enterprise Server are above the
     * API.
     */
    String pages(Surroundings surroundings) throws Stop {
        var api = api(surroundings);
        var host = api.getHost().toLowerCase(Locale.ROOT);
        boolean beside = host.startsWith("api.")
                && (api.getRawPath() == null || api.getRawPath().isEmpty());
        if (beside) {
            return "https://" + api.getRawAuthority().substring("api.".length());
        }
        var text = api.toString();
        return text.endsWith(ENTERPRISE) ? text.substring(0, text.length() - ENTERPRISE.length()) : text;
    }

    GitHub client(Surroundings surroundings, URI api) throws Stop {
        var outgoing = Outgoing.read(surroundings.environment());
        if (!outgoing.faults().isEmpty()) {
            throw new Stop(
                    Stop.USAGE, outgoing.faults().stream().map(Object::toString).toArray(String[]::new));
        }
        return new GitHub(
                api, new GitHub.Way(outgoing.tls(), outgoing.proxies()), GitHub.Time.ofThisMachine(), call -> {});
    }
}
