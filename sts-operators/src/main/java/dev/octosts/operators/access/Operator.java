package dev.octosts.operators.access;

import dev.octosts.operators.spi.Reach;

/**
 * A person or a program with a role.
 *
 * @param name for the audit: who it is at the provider
 * @param views what may be seen
 * @param changes what may be acted on; never more than what may be seen
 */
public record Operator(String name, Reach views, Reach changes) {

    public Operator {
        views = views.and(changes);
    }

    /** The role in a word. */
    public String role() {
        return changes.isNothing() ? "viewer" : "operator";
    }
}
