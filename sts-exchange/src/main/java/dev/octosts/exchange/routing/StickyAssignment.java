package dev.octosts.exchange.routing;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.exchange.spi.AssignmentStore;
import dev.octosts.exchange.spi.AssignmentStore.Assignment;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.github.GitHubApp;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Routes an exchange to the installation that served it before, because only the App that made a check run can change
 * it at GitHub. A store that does not answer stops no exchange. Then the route that this process remembers counts, else
 * a pick that is the same on every replica as long as the pool is the same.
 */
public final class StickyAssignment implements AutoCloseable {

    /** Longer than a good database takes, shorter than callers wait. */
    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    private final AssignmentStore store;
    private final MemoryAssignmentStore remembered;
    private final Consumer<AssignmentOutcome> observer;

    StickyAssignment(AssignmentStore store, MemoryAssignmentStore remembered, Consumer<AssignmentOutcome> observer) {
        this.store = store;
        this.remembered = remembered;
        this.observer = observer;
    }

    /** Routes are kept in this process. */
    public static StickyAssignment inMemory(Duration ttl, LongSupplier nanoTime, Consumer<AssignmentOutcome> observer) {
        var routes = new MemoryAssignmentStore(ttl, nanoTime);
        return new StickyAssignment(routes, routes, observer);
    }

    /** Routes are kept in a store outside this process. */
    public static StickyAssignment inStore(
            AssignmentStore store, Duration ttl, LongSupplier nanoTime, Consumer<AssignmentOutcome> observer) {
        return new StickyAssignment(
                new TimeLimitedStore(store, PATIENCE, nanoTime), new MemoryAssignmentStore(ttl, nanoTime), observer);
    }

    /** The answer of the store about a key. */
    public sealed interface Held {

        /**
         * The key has an installation.
         *
         * @param assignment which one
         */
        record By(Assignment assignment) implements Held {}

        /** The key has no installation yet. */
        record ByNone() implements Held {}

        /** The store does not answer, and this process does not remember. */
        record Unknown() implements Held {}
    }

    /** The installation of a key. */
    public Held find(AssignmentKey key) {
        try {
            Optional<Assignment> found = store.find(key);
            found.ifPresent(assignment -> remembered.note(key, assignment));
            return found.<Held>map(Held.By::new).orElseGet(Held.ByNone::new);
        } catch (StoreException silent) {
            return remembered.find(key).<Held>map(Held.By::new).orElseGet(Held.Unknown::new);
        }
    }

    /**
     * Assigns an installation to a key.
     *
     * @param replaced the assignment that it has and shall not have any more; null when it has none
     * @param wanted the assignment that it shall have
     * @return the assignment that it has now, as far as the store answers: another replica may have been faster
     */
    public Assignment assign(AssignmentKey key, @Nullable Assignment replaced, Assignment wanted) {
        try {
            Assignment assigned = store.assign(key, replaced, wanted);
            remembered.note(key, assigned);
            return assigned;
        } catch (StoreException silent) {
            observer.accept(AssignmentOutcome.UNSTORED);
            return wanted;
        }
    }

    /** The Apps in the order in which every replica prefers them for a key. */
    public static List<GitHubApp> preferred(AssignmentKey key, List<GitHubApp> apps) {
        return apps.stream()
                .sorted(Comparator.comparingLong(app -> preference(key, app.id())))
                .toList();
    }

    /**
     * How much a key prefers an App: another order for each key, and the same on every replica.
     *
     * @see <a href="https://en.wikipedia.org/wiki/Rendezvous_hashing">Rendezvous hashing</a>
     */
    static long preference(AssignmentKey key, long appId) {
        long mixed = Long.parseUnsignedLong(key.digest(), 0, 16, 16) ^ appId * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** Reports how an exchange was routed. */
    public void tell(AssignmentOutcome outcome) {
        observer.accept(outcome);
    }

    @Override
    public void close() {
        if (store instanceof TimeLimitedStore patient) {
            patient.close();
        }
    }
}
