package dev.octosts.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/**
 * Leaves tests out where this machine lacks a program that they need, except when {@code OCTOSTS_TESTS_REQUIRE} names
 * it, as in {@code postgres,chromium}: then it has to be there.
 */
public final class Present {

    private static final String REQUIRED = "OCTOSTS_TESTS_REQUIRE";

    private Present() {}

    /** Checks that a program is there; {@code missing} says what is missing. */
    public static void assume(String program, boolean present, String missing) {
        if (!present && isRequired(program, System.getenv().getOrDefault(REQUIRED, ""))) {
            throw new AssertionError(missing + ", and " + REQUIRED + " names " + program);
        }
        assumeTrue(present, missing);
    }

    static boolean isRequired(String program, String required) {
        return List.of(required.split("[ ,]+")).contains(program);
    }
}
