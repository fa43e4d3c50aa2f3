package dev.octosts.app.cli.githubapp;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The definition of a new App, in the terms of GitHub's App manifests.
 *
 * @param name what people see as the author of what tokens do
 * @param domain the host name of the service
 * @param permissions by name, with their levels; no policy can grant more
 * @param webhook whether GitHub notifies the service of changes
 * @param open whether other accounts than the owner may install it
 * @see <a href="https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest">GitHub:
 *     registering an App from a manifest</a>
 */
record AppManifest(String name, String domain, SortedMap<String, String> permissions, boolean webhook, boolean open) {

    /** Without this permission the service cannot read policies. */
    static final Map<String, String> TO_EXCHANGE = Map.of("contents", "read");

    /** Reviews of policies are check runs at pull requests. */
    static final Map<String, String> TO_REVIEW = Map.of("checks", "write", "contents", "read", "pull_requests", "read");

    /** GitHub sends events about installations without a subscription. */
    static final List<String> EVENTS = List.of("check_run", "check_suite", "pull_request", "push", "repository");

    private static final Map<String, String> WHY = Map.of(
            "contents", "The service reads trust policies: the files in .github/chainguard of your repositories.",
            "checks", "The service writes its review of changed policies to a commit, as a check run.",
            "pull_requests", "The service sees which policies a pull request changes.");

    /**
     * A permission that the App will have.
     *
     * @param why what it is for, in a sentence or two
     */
    record AskedPermission(String name, String level, String why) {}

    /** The permissions that the App will have, each with its reason; GitHub adds {@code metadata: read} to each App. */
    List<AskedPermission> asked() {
        var asked = new ArrayList<AskedPermission>();
        all().forEach((permission, level) -> asked.add(new AskedPermission(permission, level, why(permission, level))));
        if (!all().containsKey("metadata")) {
            asked.add(new AskedPermission("metadata", "read", "GitHub gives it to every App."));
        }
        return asked;
    }

    private String why(String permission, String level) {
        var own = (webhook ? TO_REVIEW : TO_EXCHANGE).get(permission);
        var reasons = new ArrayList<String>();
        if (own != null) {
            reasons.add(WHY.getOrDefault(permission, ""));
        }
        if (own == null || !covers(own, level)) {
            reasons.add("You asked for it, so that policies can grant " + level + " to workloads.");
        }
        return String.join(" ", reasons);
    }

    /** @param redirect where GitHub sends the browser with the code */
    JsonObject json(String redirect) {
        var asked = Json.createObjectBuilder();
        all().forEach(asked::add);
        var manifest = Json.createObjectBuilder()
                .add("name", name)
                .add("url", "https://" + domain)
                .add("description", "Exchanges OIDC tokens for short-lived GitHub tokens, as trust policies say.")
                .add("redirect_url", redirect)
                .add("public", open)
                .add("default_permissions", asked);
        if (webhook) {
            manifest.add(
                    "hook_attributes",
                    Json.createObjectBuilder().add("url", hookUrl(domain)).add("active", true));
            manifest.add("default_events", Json.createArrayBuilder(EVENTS));
        }
        return manifest.build();
    }

    static String hookUrl(String domain) {
        return "https://" + domain + "/webhook";
    }

    /** The requested permissions, and at least those that the service itself needs. */
    private SortedMap<String, String> all() {
        var all = new TreeMap<>(webhook ? TO_REVIEW : TO_EXCHANGE);
        permissions.forEach((permission, level) -> all.merge(permission, level, AppManifest::higher));
        return all;
    }

    private static String higher(String one, String other) {
        return rank(one) >= rank(other) ? one : other;
    }

    /** Whether a level includes another level. */
    static boolean covers(String level, String wanted) {
        return rank(level) >= rank(wanted);
    }

    private static int rank(String level) {
        return List.of("read", "write", "admin").indexOf(level);
    }
}
