package dev.octosts.app.edge;

import io.helidon.common.Weighted;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;

/** The last route: it answers 404 to every request that neither the resources nor the observers take. */
final class NotFound implements HttpFeature, Weighted {

    private static final double AFTER_ALL_OTHERS = 0.5;

    NotFound() {}

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.any(EdgeErrors::notFound);
    }

    @Override
    public double weight() {
        return AFTER_ALL_OTHERS;
    }
}
