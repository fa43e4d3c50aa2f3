/**
 * What a request meets before any resource. {@link Connections} bounds how many callers there are at a time, how slow
 * they may be and what they hold, by way of {@link PunctualHttp1Provider} and {@link WatchedConnection} on the socket;
 * {@link ExactPaths} and {@link NotFound} are at the two ends of the routing; and {@link Drain} is what it meets last.
 */
@NullMarked
package dev.octosts.app.edge;

import org.jspecify.annotations.NullMarked;
