package dev.octosts.app.edge;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A connection that knows since when it waits for the rest of a request's headers. Between requests it waits for
 * nothing: an idle connection may stay.
 */
final class WatchedConnection implements ConnectionContext {

    private static final int MAX_HEADERS = 65_536;

    private final ConnectionContext context;
    private final Deadlines deadlines;
    private final DataReader reader;
    private @Nullable InterruptableTask<?> connection;

    // Only the connection's own thread looks at these.
    private boolean waiting;
    private int bytesWaited;

    WatchedConnection(ConnectionContext context, Deadlines deadlines) {
        this.context = context;
        this.deadlines = deadlines;
        this.reader = new DataReader(this::read);
    }

    void watch(InterruptableTask<?> server) {
        this.connection = server;
    }

    void requestBegun() {
        if (!waiting) {
            waiting = true;
            bytesWaited = 0;
            deadlines.add(this);
        }
    }

    void headersComplete() {
        if (waiting) {
            waiting = false;
            deadlines.remove(this);
        }
    }

    void close() {
        context.serverSocket().close();
    }

    private byte[] read() {
        var source = context.dataReader();
        source.ensureAvailable();
        // Helidon can be interrupted exactly while it waits for a request line: what comes then begins a request.
        if (connection != null && connection.canInterrupt()) {
            requestBegun();
        }
        if (waiting && bytesWaited > MAX_HEADERS) {
            headersComplete();
            throw Malformed.tooLarge();
        }
        var buffer = source.readBuffer();
        var bytes = new byte[buffer.available()];
        buffer.read(bytes);
        bytesWaited += bytes.length;
        return bytes;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return context.dataWriter();
    }

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public Router router() {
        return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return context.localPeer();
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public String socketId() {
        return context.socketId();
    }

    @Override
    public String childSocketId() {
        return context.childSocketId();
    }
}
