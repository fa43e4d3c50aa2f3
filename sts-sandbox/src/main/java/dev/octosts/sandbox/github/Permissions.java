package dev.octosts.sandbox.github;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Permission names with their levels, as an App has, an installation is granted, or a token carries. */
public record Permissions(Map<String, Level> levels) {
    /** The permissions of an App that can do everything here; {@code metadata} is always read. */
    public static final Permissions ALL = of(
                    "actions", "administration", "checks", "contents", "deployments", "issues", "members", "packages")
            .and("pages", Level.WRITE)
            .and("pull_requests", Level.WRITE)
            .and("secrets", Level.WRITE)
            .and("security_events", Level.WRITE)
            .and("statuses", Level.WRITE)
            .and("workflows", Level.WRITE);

    public Permissions {
        levels = Map.copyOf(levels);
    }

    /** Only the {@code metadata: read} that every token has. */
    public static Permissions none() {
        return new Permissions(Map.of("metadata", Level.READ));
    }

    private static Permissions of(String... writable) {
        var permissions = none();
        for (var name : writable) {
            permissions = permissions.and(name, Level.WRITE);
        }
        return permissions;
    }

    public Permissions and(String name, Level level) {
        SortedMap<String, Level> more = new TreeMap<>(levels);
        more.put(name, level);
        return new Permissions(more);
    }

    public boolean allow(String name, Level level) {
        var granted = levels.get(name);
        return granted != null && granted.covers(level);
    }

    JsonObject json() {
        var json = Json.object();
        new TreeMap<>(levels).forEach((name, level) -> json.add(name, level.text()));
        return json.build();
    }
}
