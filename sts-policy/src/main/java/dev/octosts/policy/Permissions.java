package dev.octosts.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The permissions that a GitHub App's token can have, by the names in policies and in GitHub's API. */
public final class Permissions {
    /** The kind of account or object that a permission is about. */
    public enum Scope {
        REPOSITORY,
        ORGANIZATION,
        ENTERPRISE,
        USER
    }

    /**
     * One permission.
     *
     * @param levels that GitHub documents; GitHub alone decides, so a policy with another level is not refused
     */
    public record Permission(String name, Scope scope, Set<Level> levels) {
        public Permission {
            levels = Set.copyOf(levels);
        }
    }

    private static final Permissions KNOWN = new Permissions(PermissionTable.all());

    private final Map<String, Permission> byName;

    private Permissions(Collection<Permission> permissions) {
        byName = Collections.unmodifiableMap(permissions.stream()
                .collect(Collectors.toMap(Permission::name, permission -> permission, (a, b) -> b, TreeMap::new)));
    }

    /** The permissions that GitHub documents or existing clients know. */
    public static Permissions known() {
        return KNOWN;
    }

    /** The permission with that name, byte for byte. */
    public Optional<Permission> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All names in alphabetical order. */
    public Set<String> names() {
        return byName.keySet();
    }
}
