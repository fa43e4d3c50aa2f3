/**
 * What a request meets before any resource: {@link ExactPaths} and {@link NotFound} at the two ends of the routing,
 * {@link PunctualHttp1Provider} on the socket; and {@link Drain}, what it meets last.
 */
@NullMarked
package dev.octosts.app.edge;

import org.jspecify.annotations.NullMarked;
