package dev.octosts.sandbox.github;

import java.util.Locale;
import java.util.Optional;

/** The level of a permission; each level includes those before it. */
public enum Level {
    READ,
    WRITE,
    ADMIN;

    boolean covers(Level other) {
        return compareTo(other) >= 0;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Level> of(String text) {
        return switch (text) {
            case "read" -> Optional.of(READ);
            case "write" -> Optional.of(WRITE);
            case "admin" -> Optional.of(ADMIN);
            default -> Optional.empty();
        };
    }
}
