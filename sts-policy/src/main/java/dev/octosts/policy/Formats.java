package dev.octosts.policy;

/** x. */
public final class Formats {
    private Formats() {}
}
