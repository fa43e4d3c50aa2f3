package dev.octosts.policy;

import java.util.Locale;
import java.util.Set;

/**
 * Platforms on which anyone can get a verified token: an account, or a pull request to a public repository, is enough.
 * A token of such an issuer says little about its bearer until the subject has been checked.
 *
 * <p>Some of them have an issuer for each organization (CircleCI, Bitbucket, Azure DevOps, Entra, Fly.io, Vercel,
 * Harness, Semaphore, Spacelift). They are in the table all the same: such an issuer also signs for builds of forks,
 * for guests and for every project of the organization. The issuer of a Kubernetes cluster (EKS, GKE, AKS, or one's
 * own) signs only for workloads of that cluster, and a self-managed GitLab or GitHub Enterprise Server only for its own
 * users; these are not in the table.
 */
public final class SharedPlatforms {
    /** Issuers that are the same for all customers of the platform. */
    private static final Set<String> ONE_FOR_ALL = Set.of(
            "https://accounts.google.com",
            "https://agent.buildkite.com",
            "https://api.pulumi.com/oidc",
            "https://app.eu.terraform.io",
            "https://app.terraform.io",
            "https://gitlab.com",
            "https://identity.depot.dev",
            "https://issuer.enforce.dev",
            "https://oauth2.sigstore.dev/auth",
            "https://oidc.codefresh.io",
            "https://oidc.modal.com",
            "https://oidc.vercel.com",
            "https://token.actions.githubusercontent.com",
            "https://token.builds.bitrise.io");

    /** Every issuer on these hosts, whatever its path. */
    private static final Set<String> HOSTS = Set.of(
            "accounts.google.com",
            "agent.buildkite.com",
            "api.bitbucket.org",
            "api.pulumi.com",
            "app.eu.terraform.io",
            "app.terraform.io",
            "app.vstoken.visualstudio.com",
            "appleid.apple.com",
            "gitlab.com",
            "identity.depot.dev",
            "issuer.enforce.dev",
            "login.app.env0.com",
            "login.microsoft.com",
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "login.partner.microsoftonline.cn",
            "login.windows.net",
            "oauth2.sigstore.dev",
            "oidc.circleci.com",
            "oidc.codefresh.io",
            "oidc.fly.io",
            "oidc.modal.com",
            "oidc.vercel.com",
            "securetoken.google.com",
            "sts.windows.net",
            "token.actions.githubusercontent.com",
            "token.builds.bitrise.io",
            "vstoken.dev.azure.com");

    /** Every issuer on hosts that end like this, one host for each customer. */
    private static final Set<String> DOMAINS = Set.of(".harness.io", ".scalr.io", ".semaphoreci.com", ".spacelift.io");

    private SharedPlatforms() {}

    /**
     * Whether anyone can get a token of that issuer. Judged by its host: paths, such as the path of an enterprise on
     * GitHub or of an organization on CircleCI, make no difference.
     *
     * @param issuer in the form of {@link Formats#isIssuer}, or {@code accounts.google.com} without scheme
     */
    public static boolean contains(String issuer) {
        String host = host(issuer);
        return HOSTS.contains(host) || isActionsOfGitHub(host) || isBelow(DOMAINS, host);
    }

    /** Whether all customers of a platform have exactly this issuer. */
    public static boolean isOneForAll(String issuer) {
        return ONE_FOR_ALL.contains(issuer);
    }

    private static boolean isBelow(Set<String> domains, String host) {
        for (String domain : domains) {
            if (host.endsWith(domain)) {
                return true;
            }
        }
        return false;
    }

    /** GitHub Actions on github.com with data residency: {@code token.actions.ENTERPRISE.ghe.com}. */
    private static boolean isActionsOfGitHub(String host) {
        return host.startsWith("token.actions.") && host.endsWith(".ghe.com");
    }

    /** In lower case, without port and final dot. */
    private static String host(String issuer) {
        int scheme = issuer.indexOf("://");
        int start = scheme < 0 ? 0 : scheme + "://".length();
        int end = start;
        while (end < issuer.length() && "/:?#".indexOf(issuer.charAt(end)) < 0) {
            end++;
        }
        String host = issuer.substring(start, end).toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
