package dev.octosts.operators.spi;

import java.util.Set;
import java.util.TreeSet;

/**
 * The accounts that somebody may see or act on.
 *
 * @param everything all accounts, and what belongs to none
 * @param owners accounts in lower case, when it is not everything
 */
public record Reach(boolean everything, Set<String> owners) {

    /** Everything. */
    public static final Reach EVERYTHING = new Reach(true, Set.of());

    /** Nothing at all. */
    public static final Reach NOTHING = new Reach(false, Set.of());

    public Reach {
        owners = everything ? Set.of() : Set.copyOf(owners);
    }

    /** These accounts. */
    public static Reach of(Set<String> owners) {
        return new Reach(false, owners);
    }

    /** Whether it is nothing. */
    public boolean isNothing() {
        return !everything && owners.isEmpty();
    }

    /** Whether an account is in it; the empty name is what belongs to no account. */
    public boolean includes(String owner) {
        return everything || owners.contains(owner);
    }

    /** Both together. */
    public Reach and(Reach other) {
        if (everything || other.everything) {
            return EVERYTHING;
        }
        var both = new TreeSet<>(owners);
        both.addAll(other.owners);
        return of(both);
    }
}
