package dev.octosts.exchange;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognizes the issuers of GitHub Actions. They alone are trusted for the claims {@code repository_owner} and {@code
 * repository_owner_id}.
 *
 * @see <a href="https://docs.github.com/actions/reference/security/oidc">GitHub: OpenID Connect reference</a>
 */
final class ActionsIssuer {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String PATH_OF_A_SERVER = "/_services/token";

    /** Enterprises of github.com may have an issuer with their slug as its path. */
    private static final Pattern GITHUB_COM =
            Pattern.compile("https://token\\.actions\\.githubusercontent\\.com(/[A-Za-z0-9_-]+)?");

    /** GitHub with data residency, by the enterprise's subdomain. */
    private static final Pattern DATA_RESIDENCY =
            Pattern.compile("https://token\\.actions\\.([a-z0-9-]+)\\.ghe\\.com(/[A-Za-z0-9_-]+)?");

    private final URI api;
    private final String host;

    /** @param api the address of the REST API of the configured GitHub */
    ActionsIssuer(URI api) {
        this.api = api;
        this.host = api.getHost().toLowerCase(Locale.ROOT);
    }

    /** How far an issuer is trusted for the owner of a repository. */
    enum Kind {
        /** It is the configured GitHub itself: its accounts are the accounts of a scope. */
        OF_THIS_SERVER,
        /** It is another GitHub, where an account of the same name may be another one. */
        OF_ANOTHER_SERVER,
        /** It is not GitHub. */
        NOT_GITHUB
    }

    /** The kind of an issuer. */
    Kind kind(String issuer) {
        if (GITHUB_COM.matcher(issuer).matches()) {
            // A GitHub on this machine belongs to a test and takes the place of github.com.
            return host.equals("api.github.com") || LOOPBACK.contains(host)
                    ? Kind.OF_THIS_SERVER
                    : Kind.OF_ANOTHER_SERVER;
        }
        var residency = DATA_RESIDENCY.matcher(issuer);
        if (residency.matches()) {
            return host.equals("api." + residency.group(1) + ".ghe.com") ? Kind.OF_THIS_SERVER : Kind.OF_ANOTHER_SERVER;
        }
        return isServiceOfTheServer(issuer) ? Kind.OF_THIS_SERVER : Kind.NOT_GITHUB;
    }

    /** GitHub Enterprise Server issues tokens at its own host. */
    private boolean isServiceOfTheServer(String issuer) {
        if (!issuer.contains(PATH_OF_A_SERVER)) {
            return false;
        }
        URI address = URI.create(issuer);
        String path = address.getPath();
        boolean isService = path.equals(PATH_OF_A_SERVER) || path.startsWith(PATH_OF_A_SERVER + "/");
        boolean isSame = host.equals(address.getHost()) && address.getPort() == api.getPort();
        return isService && (isSame || (LOOPBACK.contains(host) && LOOPBACK.contains(address.getHost())));
    }
}
