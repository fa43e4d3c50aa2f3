package dev.octosts.sandbox.http;

import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Carries one request to the handler, and the handler's answer, however unusual, back to the connection. */
final class HelidonExchange implements io.helidon.webserver.http.Handler {
    private static final Duration FOREVER = Duration.ofDays(1);
    private static final byte[] NOTHING = {};

    private final Handler handler;
    private final CountDownLatch closing;

    HelidonExchange(Handler handler, CountDownLatch closing) {
        this.handler = handler;
        this.closing = closing;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        deliver(handler.handle(read(request)), response);
    }

    private static Request read(ServerRequest request) throws IOException {
        var prologue = request.prologue();
        var headers = new HashMap<String, String>();
        request.headers().forEach(header -> headers.put(header.name().toLowerCase(Locale.ROOT), header.get()));
        var body = NOTHING;
        if (request.content().hasEntity()) {
            try (var in = request.content().inputStream()) {
                body = in.readAllBytes();
            }
        }
        Map<String, String> query = Urls.parameters(prologue.query().rawValue());
        return new Request(prologue.method().text(), prologue.uriPath().rawPathNoParams(), query, headers, body);
    }

    private void deliver(Answer answer, ServerResponse response) {
        switch (answer) {
            case Reply reply -> send(reply, response);
            case Answer.Delayed(var delay, var then) -> {
                pause(delay);
                deliver(then, response);
            }
            case Answer.Dripped(var reply, var pause) -> drip(reply, reply.body().length, pause, response);
            case Answer.Truncated(var reply, var bytes) -> {
                drip(reply, bytes, Duration.ZERO, response);
                throw new CloseConnectionException("cut off as asked");
            }
            case Answer.Hang() -> {
                pause(FOREVER);
                throw new CloseConnectionException("silent as asked");
            }
            case Answer.Reset() -> throw new CloseConnectionException("reset as asked");
        }
    }

    private static void send(Reply reply, ServerResponse response) {
        head(reply, response);
        if (reply.body().length == 0) {
            response.send();
        } else {
            response.send(reply.body());
        }
    }

    private static void head(Reply reply, ServerResponse response) {
        response.status(Status.create(reply.status()));
        reply.headers().forEach(response::header);
    }

    /** Closes the stream only after a complete body: an earlier close would look like a proper end. */
    private void drip(Reply reply, int bytes, Duration pause, ServerResponse response) {
        head(reply, response);
        response.contentLength(reply.body().length);
        try {
            var out = response.outputStream();
            for (int i = 0; i < bytes; i++) {
                pause(pause);
                out.write(reply.body()[i]);
                if (!pause.isZero()) {
                    out.flush();
                }
            }
            out.flush();
            if (bytes == reply.body().length) {
                out.close();
            }
        } catch (IOException peerLeft) {
            throw new UncheckedIOException(peerLeft);
        }
    }

    private void pause(Duration duration) {
        try {
            if (duration.isPositive() && closing.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CloseConnectionException("the server is closing");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server is closing", interrupted);
        }
    }
}
