package dev.octosts.policy;

import dev.octosts.policy.text.Nearest;
import dev.octosts.policy.text.Quoted;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to say about a permission or a level that GitHub does not have. */
final class UnknownPermission {
    private static final Set<String> PARTS = Set.of("r", "w", "read", "write", "admin");
    private static final Map<String, String> ALSO_CALLED = Map.of(
            "rw",
            "write",
            "wr",
            "write",
            "r",
            "read",
            "w",
            "write",
            "read_only",
            "read",
            "readonly",
            "read",
            "read_write",
            "write",
            "readwrite",
            "write",
            "write_all",
            "write",
            "read_all",
            "read");

    private UnknownPermission() {}

    static String explain(String name) {
        return "unknown permission " + Quoted.of(name)
                + meant(name).map("; did you mean %s?"::formatted).orElse("");
    }

    /** The permission that was probably meant. */
    static Optional<String> meant(String name) {
        return Nearest.to(name, Permissions.known().names());
    }

    /** What to say about a level that no permission has. */
    static String explainLevel(String level, String permission) {
        String found = "unknown level %s for permission %s; expected one of read, write, admin"
                .formatted(Quoted.of(level), Quoted.of(permission));
        return level.contains(",") ? found + " (a higher level includes the lower ones)" : found;
    }

    /** The level that was probably meant: the highest of several. */
    static Optional<String> meantLevel(String level) {
        String folded = level.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        String known = ALSO_CALLED.getOrDefault(folded, folded);
        if (Level.of(known).isPresent()) {
            return Optional.of(known);
        }
        Set<String> parts = Stream.of(folded.split("[^a-z]+"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toSet());
        if (parts.isEmpty() || !PARTS.containsAll(parts)) {
            return Nearest.to(folded, Set.of("read", "write", "admin"));
        }
        if (parts.contains("admin")) {
            return Optional.of("admin");
        }
        return Optional.of(parts.contains("write") || parts.contains("w") ? "write" : "read");
    }
}
