package dev.octosts.policy;

import java.util.Locale;
import java.util.Optional;

/** The level of a permission. GitHub alone decides whether a permission has a given level. */
public enum Level {
    READ,
    WRITE,
    ADMIN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in policy files and in GitHub's API. */
    public String wireName() {
        return wireName;
    }

    /** The level with that name, byte for byte. */
    public static Optional<Level> of(String wireName) {
        for (Level level : values()) {
            if (level.wireName.equals(wireName)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
