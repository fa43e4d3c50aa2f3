package dev.octosts.sandbox.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The walk-through's expectations of the service and of GitHub, and those that were not met. */
final class Expectations {
    private final List<String> failures = new ArrayList<>();
    private int count;

    /** Returns whether the result is as expected. */
    boolean expect(String what, Object wanted, Object got) {
        count++;
        boolean met = Objects.equals(wanted, got);
        if (!met) {
            failures.add(what + ": expected " + wanted + ", got " + got);
        }
        return met;
    }

    /** As {@link #expect}, for a text that begins like this. */
    boolean expectStart(String what, String wanted, String got) {
        return expect(what, wanted, got.startsWith(wanted) ? wanted : got);
    }

    int count() {
        return count;
    }

    List<String> failures() {
        return List.copyOf(failures);
    }
}
