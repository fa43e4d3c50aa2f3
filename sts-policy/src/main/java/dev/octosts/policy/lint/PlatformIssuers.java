package dev.octosts.policy.lint;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds issuers in a form that their platform never uses, for platforms that have one issuer for each customer.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html">EKS</a>
 * @see <a href="https://learn.microsoft.com/en-us/azure/aks/use-oidc-issuer">AKS: the issuer ends with a slash</a>
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity">GKE</a>
 * @see <a href="https://learn.microsoft.com/en-us/entra/identity-platform/access-tokens">Entra: versions of tokens</a>
 */
final class PlatformIssuers {
    private static final String UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern EKS =
            Pattern.compile("https://oidc\\.eks\\.[\\w-]+\\.amazonaws\\.com(?:\\.cn)?(/.*)?");
    private static final Pattern EKS_SERVER =
            Pattern.compile("https://[0-9A-Za-z]{32}\\.[\\w.-]*\\.eks\\.amazonaws\\.com/?|https://eks\\..*");
    private static final Pattern ENTRA = Pattern.compile(
            "https://(login\\.microsoftonline\\.com|login\\.microsoft\\.com|login\\.windows\\.net|sts\\.windows\\.net)(?:/([^/]*))?(/.*)?");
    private static final Pattern CIRCLECI = Pattern.compile("https://(?:oidc\\.|app\\.|www\\.)?circleci\\.com(/.*)?");
    private static final Pattern AZURE_DEVOPS = Pattern.compile(
            "https://(?:vstoken\\.dev\\.azure\\.com|dev\\.azure\\.com|app\\.vstoken\\.visualstudio\\.com)(/.*)?");
    private static final Pattern AKS =
            Pattern.compile("https://[a-z0-9-]+\\.oic\\.(?:prod-aks\\.azure\\.com|[a-z0-9.-]+)/" + UUID + "/" + UUID);
    private static final Pattern GKE_ZONE = Pattern.compile(
            "https://container\\.googleapis\\.com/v1/projects/[^/]+/(zones|regions|location)/[^/]+/clusters/[^/]+/?");
    private static final Pattern DATA_RESIDENCY = Pattern.compile("https://(?:api\\.)?([a-z0-9-]+)\\.ghe\\.com/?");

    private PlatformIssuers() {}

    /**
     * A mistake in an issuer.
     *
     * @param advice what to write
     * @param right the issuer, when it is known
     */
    record IssuerMistake(String advice, Optional<String> right) {}

    /** Empty when nothing is known to be wrong. */
    static Optional<IssuerMistake> in(String issuer) {
        var cluster = EKS.matcher(issuer);
        if (cluster.matches()) {
            return eks(issuer, cluster.group(1) == null ? "" : cluster.group(1));
        }
        if (EKS_SERVER.matcher(issuer).matches()) {
            return advice("write https://oidc.eks.REGION.amazonaws.com/id/ID, the cluster's identity.oidc.issuer");
        }
        var tenant = ENTRA.matcher(issuer);
        if (tenant.matches()) {
            return entra(issuer, tenant.group(1), tenant.group(2), tenant.group(3) == null ? "" : tenant.group(3));
        }
        var organization = CIRCLECI.matcher(issuer);
        if (organization.matches()) {
            return issuer.matches("https://oidc\\.circleci\\.com/org/" + UUID)
                    ? Optional.empty()
                    : withoutSlash(issuer, "https://oidc\\.circleci\\.com/org/" + UUID)
                            .or(() -> advice("write https://oidc.circleci.com/org/ and the organization's id"));
        }
        if (AZURE_DEVOPS.matcher(issuer).matches()) {
            return issuer.matches("https://vstoken\\.dev\\.azure\\.com/" + UUID)
                    ? Optional.empty()
                    : advice(
                            "write https://vstoken.dev.azure.com/ and the organization's id, as the service connection shows it");
        }
        if (AKS.matcher(issuer).matches()) {
            return right(issuer + "/");
        }
        var zone = GKE_ZONE.matcher(issuer);
        if (zone.matches()) {
            return right(issuer.replaceFirst("/" + zone.group(1) + "/", "/locations/")
                    .replaceFirst("/+$", ""));
        }
        var residency = DATA_RESIDENCY.matcher(issuer);
        return residency.matches()
                ? right("https://token.actions." + residency.group(1) + ".ghe.com")
                : Optional.empty();
    }

    private static Optional<IssuerMistake> eks(String issuer, String path) {
        if (path.matches("/id/[0-9A-Z]+")) {
            return Optional.empty();
        }
        if (path.matches("/id/[0-9a-zA-Z]{32}/?")) {
            int id = issuer.indexOf("/id/") + "/id/".length();
            return right(issuer.substring(0, id)
                    + issuer.substring(id).replace("/", "").toUpperCase(Locale.ROOT));
        }
        return advice("write https://oidc.eks.REGION.amazonaws.com/id/ID, the cluster's identity.oidc.issuer");
    }

    private static Optional<IssuerMistake> entra(String issuer, String host, @Nullable String tenant, String path) {
        boolean old = host.equals("sts.windows.net");
        if (tenant == null || !tenant.matches(UUID)) {
            return advice("write the tenant's id, as in https://login.microsoftonline.com/TENANT_ID/v2.0");
        }
        String right = old
                ? "https://sts.windows.net/" + tenant + "/"
                : "https://login.microsoftonline.com/" + tenant + "/v2.0";
        if (right.equals(issuer)) {
            return Optional.empty();
        }
        return old || path.startsWith("/v2.0")
                ? right(right)
                : advice("write %s, or https://sts.windows.net/%s/ for tokens of version 1".formatted(right, tenant));
    }

    private static Optional<IssuerMistake> withoutSlash(String issuer, String form) {
        String right = issuer.replaceFirst("/+$", "");
        return right.matches(form) ? right(right) : Optional.empty();
    }

    private static Optional<IssuerMistake> right(String issuer) {
        return Optional.of(new IssuerMistake("write " + issuer, Optional.of(issuer)));
    }

    private static Optional<IssuerMistake> advice(String advice) {
        return Optional.of(new IssuerMistake(advice, Optional.empty()));
    }
}
