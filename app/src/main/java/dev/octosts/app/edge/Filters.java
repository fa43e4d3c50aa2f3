package dev.octosts.app.edge;

import io.helidon.common.Weighted;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;

/**
 * Installs our filters in front of those of Helidon's features: one of these decodes queries, and fails when it cannot.
 */
final class Filters implements HttpFeature, Weighted {

    private static final double BEFORE_ALL_OTHERS = 10_000;

    private final List<Filter> inOrder;

    Filters(List<Filter> inOrder) {
        this.inOrder = List.copyOf(inOrder);
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        inOrder.forEach(routing::addFilter);
    }

    @Override
    public double weight() {
        return BEFORE_ALL_OTHERS;
    }
}
