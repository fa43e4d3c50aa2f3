package dev.octosts.app.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.microprofile.metrics.Metadata;

/**
 * A set of meters that differ by their labels only; each is registered at its first use.
 *
 * @param <L> the labels
 * @param <M> the kind of meter
 */
final class Meters<L, M> {

    private final Map<L, M> registered = new ConcurrentHashMap<>();
    private final Function<L, M> register;

    Meters(Function<L, M> register) {
        this.register = register;
    }

    /**
     * What is said of a metric to those who read it.
     *
     * @param help one sentence, for Prometheus' HELP line
     */
    static Metadata described(String name, String help) {
        return Metadata.builder().withName(name).withDescription(help).build();
    }

    M of(L labels) {
        M known = registered.get(labels);
        if (known != null) {
            return known;
        }
        // Not computeIfAbsent: under an attack a line of threads that wait for one another would last for seconds. The
        // registry has one meter for the same labels, however many threads ask for it.
        M made = register.apply(labels);
        registered.put(labels, made);
        return made;
    }
}
