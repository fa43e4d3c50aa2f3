package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Urls;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the target of a path. It is written by hand, without patterns, because it runs for each call of a load test.
 */
final class Router {
    private static final String ENTERPRISE_PREFIX = "/api/v3";

    private final World world;

    Router(World world) {
        this.world = world;
    }

    /** The path without the prefix that GitHub Enterprise Server has. */
    static String withoutPrefix(String path) {
        if (path.equals("/api/graphql")) {
            return "/graphql";
        }
        boolean prefixed = path.equals(ENTERPRISE_PREFIX) || path.startsWith(ENTERPRISE_PREFIX + "/");
        return prefixed ? path.substring(ENTERPRISE_PREFIX.length()) : path;
    }

    Target route(String path) {
        var parts = Arrays.stream(path.substring(Math.min(1, path.length())).split("/", -1))
                .map(Urls::segment)
                .toList();
        return switch (parts.getFirst()) {
            case "app" -> app(parts);
            case "app-manifests" -> manifest(parts);
            case "settings", "organizations" -> form(parts);
            case "orgs", "users" -> account(parts);
            case "installation" -> installation(parts);
            case "rate_limit" -> Target.of(parts.size() == 1 ? CallKind.RATE_LIMIT : CallKind.OTHER);
            case "repos" ->
                parts.size() < 3
                        ? Target.of(CallKind.OTHER)
                        : repository(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
            case "repositories" -> repositoryById(parts);
            case "graphql" -> parts.size() == 1 ? Target.of(CallKind.CONTENT) : Target.of(CallKind.OTHER);
            default -> Target.of(CallKind.OTHER);
        };
    }

    private static Target account(List<String> parts) {
        if (parts.size() == 3 && parts.get(2).equals("installation")) {
            return new Target(CallKind.FIND_INSTALLATION, parts.get(1), null, parts.getFirst(), 0);
        }
        return parts.size() == 3
                        && parts.get(2).equals("audit-log")
                        && parts.getFirst().equals("orgs")
                ? new Target(CallKind.AUDIT_LOG, parts.get(1), null, "", 0)
                : Target.of(CallKind.OTHER);
    }

    private static Target app(List<String> parts) {
        if (parts.size() == 1) {
            return Target.of(CallKind.APP);
        }
        if (parts.get(1).equals("hook") && parts.size() == 3 && parts.get(2).equals("config")) {
            return Target.of(CallKind.HOOK_CONFIG);
        }
        if (parts.get(1).equals("hook")) {
            return hook(parts);
        }
        if (!parts.get(1).equals("installations")) {
            return Target.of(CallKind.OTHER);
        }
        return switch (parts.size()) {
            case 2 -> Target.of(CallKind.LIST_INSTALLATIONS);
            case 3 -> Target.of(CallKind.GET_INSTALLATION, number(parts.get(2)));
            case 4 ->
                parts.get(3).equals("access_tokens")
                        ? Target.of(CallKind.MINT, number(parts.get(2)))
                        : Target.of(CallKind.OTHER);
            default -> Target.of(CallKind.OTHER);
        };
    }

    private static Target manifest(List<String> parts) {
        return parts.size() == 3 && parts.get(2).equals("conversions")
                ? new Target(CallKind.MANIFEST_CONVERSION, null, null, parts.get(1), 0)
                : Target.of(CallKind.OTHER);
    }

    /** A page of github.com, which is on the same server as the API here. */
    private static Target form(List<String> parts) {
        boolean own = parts.equals(List.of("settings", "apps", "new"));
        boolean ofOrganization = parts.size() == 5 && parts.subList(2, 5).equals(List.of("settings", "apps", "new"));
        return own || ofOrganization
                ? new Target(CallKind.MANIFEST_FORM, own ? null : parts.get(1), null, "", 0)
                : Target.of(CallKind.OTHER);
    }

    private static Target hook(List<String> parts) {
        if (parts.size() < 3 || parts.size() > 5 || !parts.get(2).equals("deliveries")) {
            return Target.of(CallKind.OTHER);
        }
        var rest = String.join("/", parts.subList(3, parts.size()));
        return new Target(CallKind.HOOK_DELIVERIES, null, null, rest, parts.size() > 3 ? number(parts.get(3)) : 0);
    }

    private static Target installation(List<String> parts) {
        if (parts.size() != 2) {
            return Target.of(CallKind.OTHER);
        }
        return switch (parts.get(1)) {
            case "token" -> Target.of(CallKind.REVOKE);
            case "repositories" -> Target.of(CallKind.LIST_REPOSITORIES);
            default -> Target.of(CallKind.OTHER);
        };
    }

    /** The target of redirects from renamed repositories. */
    private Target repositoryById(List<String> parts) {
        if (parts.size() < 2) {
            return Target.of(CallKind.OTHER);
        }
        return world.repository(number(parts.get(1)))
                .map(found -> repository(found.owner().login(), found.name(), parts.subList(2, parts.size())))
                .orElseGet(() -> Target.of(CallKind.OTHER));
    }

    private static Target repository(String owner, String name, List<String> below) {
        if (below.isEmpty()) {
            return new Target(CallKind.REPOSITORY, owner, name, "", 0);
        }
        var rest = below.stream().skip(1).collect(Collectors.joining("/"));
        var kind = switch (below.getFirst()) {
            case "installation" -> CallKind.FIND_INSTALLATION;
            case "contents" -> CallKind.CONTENT;
            case "branches" -> CallKind.BRANCH;
            case "commits" -> rest.endsWith(CheckRunApi.OF_COMMIT) ? CallKind.CHECK_RUN : CallKind.COMMIT;
            case "git" -> rest.startsWith("commits/") ? CallKind.GIT_COMMIT : CallKind.OTHER;
            case "compare" -> CallKind.COMPARE;
            case "pulls" -> pulls(below);
            case "issues" -> rest.isEmpty() ? CallKind.ISSUES : CallKind.OTHER;
            case "check-runs" -> CallKind.CHECK_RUN;
            case "actions" -> rest.equals("oidc/customization/sub") ? CallKind.SUBJECT_TEMPLATE : CallKind.OTHER;
            default -> CallKind.OTHER;
        };
        return new Target(kind, owner, name, rest, below.size() > 1 ? number(below.get(1)) : 0);
    }

    private static CallKind pulls(List<String> below) {
        return switch (below.size()) {
            case 1 -> CallKind.PULLS;
            case 2 -> CallKind.PULL;
            default -> CallKind.PULL_FILES;
        };
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
