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

    /** What to say about a level that no permission has. */
    static String explainLevel(String level, String permission) {
        String found = "unknown level %s for permission %s; expected one of read, write, admin"
                .formatted(Quoted.of(level), Quoted.of(permission));
        return level.contains(",") ? found + " (a higher level includes the lower ones)" : found;
    }
}
