package dev.octosts.app.edge;

import dev.octosts.api.budget.MemoryBudget;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The bean that the program's HTTP/1.1 needs of the container, for tests with Helidon's server. */
public class TestConnections {

    TestConnections() {}

    @Produces
    @Singleton
    static Connections connections() {
        return new Connections(100, new MemoryBudget(10_000_000, 0, System::nanoTime), _ -> {}, () -> {});
    }
}
