package dev.octosts.sandbox.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on loopback that keeps the requests that it gets, and that a test can silence. */
public final class RecordingServer implements AutoCloseable {

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final LoopbackServer server;
    private final String address;
    private volatile boolean silent;

    private RecordingServer(Function<Request, Answer> answering, @Nullable SSLContext tls) {
        this.server = LoopbackServer.start(
                request -> {
                    requests.add(request);
                    return silent ? new Answer.Hang() : answering.apply(request);
                },
                0,
                tls);
        this.address = (tls == null ? "http://127.0.0.1:" : "https://localhost:") + server.port();
    }

    /** A server without TLS. */
    public static RecordingServer start(Function<Request, Answer> answering) {
        return new RecordingServer(answering, null);
    }

    /** A server with TLS, as {@code localhost}. */
    public static RecordingServer startWith(SSLContext tls, Function<Request, Answer> answering) {
        return new RecordingServer(answering, tls);
    }

    /** Where it is, with the scheme. */
    public String address() {
        return address;
    }

    /** What it was asked, whether it answered or not. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Gives no answer from now on. */
    public void fallSilent() {
        silent = true;
    }

    @Override
    public void close() {
        server.close();
    }
}
