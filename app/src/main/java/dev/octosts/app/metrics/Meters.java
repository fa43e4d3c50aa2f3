package dev.octosts.app.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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

    M of(L labels) {
        M known = registered.get(labels); // unlike computeIfAbsent, this never waits for another thread
        return known != null ? known : registered.computeIfAbsent(labels, register);
    }
}
