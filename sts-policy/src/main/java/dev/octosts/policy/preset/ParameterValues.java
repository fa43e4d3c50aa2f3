package dev.octosts.policy.preset;

import dev.octosts.policy.Formats;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.text.GoQuoted;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes the values of parameters as people write them: an address where a name is wanted, a branch without {@code
 * refs/heads/}, upper case where there is none. What cannot be what was asked for is refused with the reason, because a
 * policy with it would accept no token.
 */
final class ParameterValues {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9][\\w.-]*");
    private static final Pattern LOWER_CASE = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");
    private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?");
    private static final Pattern PROJECT_PATH = Pattern.compile("[\\w.-]+(?:/[\\w.-]+)+");
    private static final Pattern CLUSTER = Pattern.compile("[0-9A-Z]{32}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,30}");
    /** git-check-ref-format(1), as far as it concerns names that people type. */
    private static final Pattern REF_NAME = Pattern.compile("[^\\s~^:?*\\[\\\\\\p{Cntrl}]+");

    private static final Pattern PLACEHOLDER = Pattern.compile("<[^<>]*>|\\$\\{|\\{\\{");
    private static final String WEB = "^(?:https?://)?(?:www\\.)?";

    private ParameterValues() {}

    /**
     * The value in the form of the platform's tokens.
     *
     * @param name of the parameter
     * @param written what a person wrote
     * @param before the parameters in front of it
     * @throws IllegalArgumentException when it cannot be such a value
     */
    static String of(String preset, String name, String written, Map<String, String> before) {
        String value = written.strip();
        if (value.isEmpty()) {
            throw refused(name, written, "give a value");
        }
        if (PLACEHOLDER.matcher(value).find() || value.chars().anyMatch(c -> c < ' ')) {
            throw refused(name, written, "write the value itself, without placeholders and line breaks");
        }
        if (value.contains("*")) {
            throw refused(name, written, "a name is wanted and no pattern; write a subject_pattern into the policy");
        }
        return switch (preset + "." + name) {
            case "github-actions.owner" -> owner(name, value);
            case "github-actions.repository" -> repository(name, value, before.getOrDefault("owner", ""));
            case "github-actions.ref" -> ref(name, value);
            case "gitlab.project" -> project(name, value, before.getOrDefault("issuer", ""));
            case "gitlab.ref_type" -> refType(name, value);
            case "gitlab.ref", "buildkite.branch" -> branch(name, value);
            case "buildkite.organization", "buildkite.pipeline" ->
                matching(SLUG, name, lastOf(value, "buildkite\\.com/"), "write the slug, as in its address");
            case "circleci.organization_id",
                    "circleci.project_id",
                    "aks.tenant",
                    "aks.cluster_id",
                    "entra.tenant",
                    "entra.object_id",
                    "azure-devops.organization_id" ->
                matching(
                        UUID,
                        name,
                        value.toLowerCase(Locale.ROOT),
                        "an id is wanted, such as 72f988bf-86f1-41af-91ab-2d7cd011db47");
            case "google.unique_id" ->
                matching(
                        NUMBER,
                        name,
                        value,
                        "the account's unique id is wanted: gcloud iam service-accounts describe ACCOUNT --format='value(uniqueId)'");
            case "eks.cluster_id" ->
                matching(
                        CLUSTER,
                        name,
                        lastOf(value, ".*/id/").replaceFirst("/+$", "").toUpperCase(Locale.ROOT),
                        "write the 32 characters at the end of the cluster's identity.oidc.issuer");
            case "eks.region", "aks.region", "gke.location", "gke.cluster" ->
                matching(LOWER_CASE, name, value, "write the name in lower case, such as eu-west-1");
            case "gke.project" -> matching(DNS_NAME, name, value, "write the project's id");
            case "terraform-cloud.run_phase" ->
                matching(Pattern.compile("apply|plan"), name, value.toLowerCase(Locale.ROOT), "write apply or plan");
            case "terraform-cloud.organization", "terraform-cloud.project", "terraform-cloud.workspace" ->
                matching(Pattern.compile("[^:]+"), name, value, "write the name alone, without colons");
            case "azure-devops.organization", "azure-devops.project", "azure-devops.service_connection" ->
                matching(
                        Pattern.compile("[^/]+"),
                        name,
                        lastOf(value, "dev\\.azure\\.com/"),
                        "write the name alone, without slashes");
            default -> common(name, value);
        };
    }

    private static String common(String name, String value) {
        return switch (name) {
            case "issuer" -> issuer(name, value);
            case "namespace" -> matching(LOWER_CASE, name, value, "write the namespace alone, in lower case");
            case "service_account" ->
                matching(DNS_NAME, name, value, "write the service account's name alone, in lower case");
            case "audience", "application_id" -> audience(name, value);
            default -> value;
        };
    }

    private static String owner(String name, String value) {
        String owner = value.replaceFirst(WEB + "github\\.com/", "")
                .replaceFirst("^@", "")
                .replaceFirst("/+$", "");
        if (!GitHubNames.isOwner(owner)) {
            throw refused(name, value, "write the account alone, such as octo-org");
        }
        return owner;
    }

    private static String repository(String name, String value, String owner) {
        String path = value.replaceFirst(WEB + "github\\.com/|^git@github\\.com:", "")
                .replaceFirst("\\.git$", "")
                .replaceFirst("/+$", "");
        int slash = path.indexOf('/');
        if (slash >= 0 && !path.substring(0, slash).equalsIgnoreCase(owner)) {
            throw refused(name, value, "it belongs to another owner than %s; write its name alone".formatted(owner));
        }
        String repository = path.substring(slash + 1);
        if (!GitHubNames.isRepository(repository)) {
            throw refused(name, value, "write the repository's name alone, such as octo-repo");
        }
        return repository;
    }

    /** A branch, unless a tag is asked for: {@code tags/v1}. */
    private static String ref(String name, String value) {
        String ref = value.replaceFirst("^/?(refs/)?", "");
        if (ref.startsWith("pull/") || ref.equals("pull_request")) {
            throw refused(
                    name,
                    value,
                    "runs of pull requests have the subject repo:OWNER/REPOSITORY:pull_request whatever their ref is, so"
                            + " everyone who opens one would get the token; name a branch");
        }
        if (ref.startsWith("tags/") || ref.startsWith("heads/")) {
            return "refs/" + refName(name, value, ref);
        }
        return "refs/heads/" + refName(name, value, ref);
    }

    private static String branch(String name, String value) {
        String branch = value.replaceFirst("^/?refs/(heads|tags)/", "");
        if (branch.startsWith("refs/")) {
            throw refused(name, value, "name a branch or a tag");
        }
        return refName(name, value, branch);
    }

    private static String refName(String name, String value, String ref) {
        boolean possible = REF_NAME.matcher(ref).matches()
                && !ref.contains("..")
                && !ref.contains("//")
                && !ref.contains("@{")
                && !ref.endsWith("/")
                && !ref.endsWith(".")
                && !ref.endsWith(".lock");
        if (!possible) {
            throw refused(name, value, "git has no branch or tag of that name");
        }
        return ref;
    }

    private static String project(String name, String value, String issuer) {
        String path = value.startsWith(issuer + "/") ? value.substring(issuer.length() + 1) : value;
        return matching(
                PROJECT_PATH,
                name,
                path.replaceFirst("^/", "").replaceFirst("\\.git$", "").replaceFirst("/+$", ""),
                "write GROUP/PROJECT, as in its address");
    }

    private static String refType(String name, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "branch", "branches", "head", "heads" -> "branch";
            case "tag", "tags" -> "tag";
            default -> throw refused(name, value, "write branch or tag");
        };
    }

    private static String issuer(String name, String value) {
        String issuer = value.replaceFirst("/\\.well-known/openid-configuration$", "");
        String address = issuer.contains("://") ? issuer : "https://" + issuer;
        if (!Formats.isIssuer(address)) {
            throw refused(name, value, "write the https address that the tokens have as iss, without query");
        }
        return address;
    }

    private static String audience(String name, String value) {
        if (!Formats.isAudience(value)) {
            throw refused(name, value, "write what the tokens have as aud, without blanks, quotes and brackets");
        }
        return value;
    }

    /** What follows the start of an address. */
    private static String lastOf(String value, String start) {
        return value.replaceFirst(WEB + start, "");
    }

    private static String matching(Pattern form, String name, String value, String advice) {
        if (!form.matcher(value).matches()) {
            throw refused(name, value, advice);
        }
        return value;
    }

    private static IllegalArgumentException refused(String name, String value, String advice) {
        return new IllegalArgumentException("%s %s: %s".formatted(name, GoQuoted.of(value), advice));
    }
}
