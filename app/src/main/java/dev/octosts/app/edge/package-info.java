/**
 * The edge of the server: the code that a request passes before any resource. {@link Connections} limits the number of
 * callers at a time, their slowness and the memory that they hold, through {@link HeaderTimeoutHttp1Provider} and
 * {@link WatchedConnection} on the socket. {@link Http2Connection} is the same for HTTP/2, and {@link GrpcDoor} answers
 * what is gRPC. {@link Edge} adds the filters in front of the routing and the answer
 * 404 behind it. {@link Drain} delays the end of listening when the process stops.
 */
@NullMarked
package dev.octosts.app.edge;

import org.jspecify.annotations.NullMarked;
