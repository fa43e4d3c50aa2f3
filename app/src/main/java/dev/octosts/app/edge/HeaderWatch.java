package dev.octosts.app.edge;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/**
 * Notifies a watched connection of the server's progress in a request, and refuses a request that must not be read on.
 */
final class HeaderWatch implements Http1ConnectionListener {

    HeaderWatch() {}

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        if (context instanceof WatchedConnection watched) {
            watched.requestBegun(prologue);
        }
        RequestSmugglingGuard.refuseOtherTargets(prologue);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        if (context instanceof WatchedConnection watched) {
            watched.headersComplete(headers.contains(HeaderNames.TRANSFER_ENCODING));
            RequestIds.settle(headers);
            RequestSmugglingGuard.refuseAmbiguousLength(watched.prologue(), headers);
        }
    }
}
