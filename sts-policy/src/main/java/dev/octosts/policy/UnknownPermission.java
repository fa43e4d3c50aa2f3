package dev.octosts.policy;

/** What to say about a permission that GitHub does not have. */
final class UnknownPermission {
    private UnknownPermission() {}

    static String explain(String name) {
        return "unknown permission " + Quoted.of(name)
                + Nearest.to(name, Permissions.known().names())
                        .map("; did you mean %s?"::formatted)
                        .orElse("");
    }
}
