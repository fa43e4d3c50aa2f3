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
        M known = registered.get(labels); // unlike computeIfAbsent, this never waits for another thread
        return known != null ? known : registered.computeIfAbsent(labels, register);
    }
}
