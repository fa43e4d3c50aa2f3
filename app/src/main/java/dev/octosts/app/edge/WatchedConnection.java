package dev.octosts.app.edge;

import dev.octosts.api.budget.NoRoomException;
import dev.octosts.api.budget.Turns;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection that records what it waits for, since when, and how many bytes it has read for its current request.
 * Bytes are charged from the second read of a request on, and until the request is answered; a request that comes in
 * one read (8 KiB at most) is not charged.
 */
final class WatchedConnection implements ConnectionContext {

    /** The phases of a connection. */
    enum Phase {
        /** It waits for the first byte of a request. */
        IDLE,
        /** It waits for the rest of a request's headers. */
        HEADERS,
        /** It waits for the rest of a request's body. */
        BODY,
        /** It waits for this service. */
        WORKING,
        /** It waits for its caller to read. */
        WRITING,
        /** It is closed by the edge. */
        CLOSED
    }

    /** A snapshot of a connection for another thread. */
    record Sight(WatchedConnection connection, Phase phase, long since) {}

    private static final int MAX_HEADERS = 65_536;
    private static final int MAX_HEADER_LINES = 256;

    /** The cost of a read in addition to its bytes: an array, a node of a list, a buffer. */
    private static final int COST_OF_A_READ = 100;

    /** The cost of a line in addition to its bytes: name, value and their places in maps. */
    private static final int COST_OF_A_HEADER = 200;

    private final ConnectionContext context;
    private final Connections connections;
    private final DataReader reader;
    private final DataWriter writer;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
    private volatile long since = System.nanoTime();
    private volatile @Nullable CutOff cutOff;
    private @Nullable ListenerContext listenerContext;

    // Only the connection's own thread uses these fields.
    private @Nullable InterruptableTask<?> server;
    private Phase own = Phase.IDLE;
    private @Nullable HttpPrologue prologue;
    private byte @Nullable [] firstRead;
    private int headerBytes;
    private int headerLines;
    private boolean chunked;
    private boolean answered;
    private boolean gone;
    private long bodySince;
    private final RequestMemory memory;

    WatchedConnection(ConnectionContext context, Connections connections) {
        this.context = context;
        this.connections = connections;
        this.memory = new RequestMemory(connections.memory(), connections.memoryOfLarge(), this::closeForMemory);
        this.reader = new DataReader(this::read);
        this.writer = new WatchedWriter(context.dataWriter());
    }

    /** Sets the task of Helidon that serves this connection. */
    void serve(InterruptableTask<?> server) {
        this.server = server;
    }

    Sight look() {
        return new Sight(this, phase.get(), since);
    }

    /** Closes the connection from another thread, if it is still in that phase. */
    boolean close(Phase expected, CutOff reason) {
        if (!phase.compareAndSet(expected, Phase.CLOSED)) {
            return false;
        }
        cutOff = reason;
        connections.leave(this);
        context.serverSocket().close();
        connections.cutOff(reason);
        return true;
    }

    /** Closes a connection that was never taken in. */
    void drop() {
        context.serverSocket().close();
    }

    /** Gives back the memory that it holds. */
    void end() {
        Turns.giveWay();
        connections.leave(this);
        release();
    }

    void requestBegun(HttpPrologue begun) {
        if (own != Phase.HEADERS) { // the headers were read together with the previous request
            nextRequest();
            enter(Phase.HEADERS);
            connections.turns().take();
        }
        prologue = begun;
    }

    void headersComplete(boolean bodyIsChunked) {
        chunked = bodyIsChunked;
        enter(Phase.WORKING);
        memory.settle();
    }

    /** The request line of the current request. */
    @Nullable
    HttpPrologue prologue() {
        return prologue;
    }

    private byte @Nullable [] read() {
        if (gone) {
            throw closed();
        }
        switch (own) {
            case WORKING -> {
                if (server == null || !server.canInterrupt()) {
                    waitForBody();
                } else if (reader.available() == 0) {
                    // Helidon can be interrupted exactly while it waits for a request line.
                    nextRequest();
                    enter(Phase.IDLE);
                } else {
                    nextRequest();
                    enter(Phase.HEADERS);
                    chargeFirstRead();
                }
            }
            case HEADERS -> {
                if (headerBytes > MAX_HEADERS || headerLines > MAX_HEADER_LINES) {
                    throw RequestSmugglingGuard.tooLarge();
                }
                chargeFirstRead();
            }
            case IDLE, BODY, WRITING, CLOSED -> {}
        }
        Turns.giveWay();
        byte[] bytes = readSocket();
        if (bytes == null) {
            if (own == Phase.HEADERS) {
                // Helidon would log an error of its own for each caller that hangs up here.
                throw new CloseConnectionException("the caller has hung up");
            }
            return null;
        }
        switch (own) {
            case IDLE -> {
                since = System.nanoTime();
                enter(Phase.HEADERS);
                firstRead = bytes;
                headerBytes = bytes.length;
            }
            case HEADERS -> {
                int lines = lines(bytes);
                headerBytes += bytes.length;
                headerLines += lines;
                charge(COST_OF_A_READ + bytes.length + (long) lines * COST_OF_A_HEADER);
            }
            case BODY -> {
                if (!answered || chunked) {
                    // Helidon keeps a chunk until it is whole, in addition to what the reader of the body keeps.
                    charge(COST_OF_A_READ + (chunked ? 2L : 1L) * bytes.length);
                }
                enter(Phase.WORKING);
                memory.settle();
            }
            case WORKING, WRITING, CLOSED -> {}
        }
        connections.turns().take();
        return bytes;
    }

    private void nextRequest() {
        release();
        since = System.nanoTime();
    }

    private void waitForBody() {
        if (bodySince == 0) {
            bodySince = System.nanoTime();
        }
        since = bodySince;
        chargeFirstRead();
        enter(Phase.BODY);
        memory.unsettle();
    }

    private byte @Nullable [] readSocket() {
        var source = context.dataReader();
        if (source.available() > 0) { // a server of several protocols has looked into the bytes
            return source.readBytes(source.available());
        }
        try {
            return context.serverSocket().get();
        } catch (UncheckedIOException gone) {
            if (phase.get() == Phase.CLOSED) {
                throw closed();
            }
            throw new ServerConnectionException("the connection is gone", gone);
        }
    }

    /** Charges the bytes that were read without a wait, because the request now needs more. */
    private void chargeFirstRead() {
        if (firstRead != null) {
            headerLines = lines(firstRead);
            charge(COST_OF_A_READ + firstRead.length + (long) headerLines * COST_OF_A_HEADER);
            firstRead = null;
        }
    }

    private void charge(long bytes) {
        if (!memory.take(bytes)) {
            throw noRoom();
        }
    }

    /** Closes the connection only while it waits for its caller. */
    private void closeForMemory() {
        if (!close(Phase.BODY, CutOff.NO_MEMORY)) {
            close(Phase.HEADERS, CutOff.NO_MEMORY);
        }
    }

    private RuntimeException noRoom() {
        if (phase.get() == Phase.CLOSED) {
            return closed();
        }
        connections.cutOff(CutOff.NO_MEMORY);
        return own == Phase.HEADERS ? RequestSmugglingGuard.noRoom() : new NoRoomException();
    }

    /** The exception for the connection's own thread when another thread has closed it. */
    private RuntimeException closed() {
        boolean forOthers = cutOff == CutOff.NO_MEMORY || cutOff == CutOff.SLOWEST;
        return own == Phase.BODY && forOthers
                ? new NoRoomException()
                : new CloseConnectionException("the caller is too slow, or others need its place");
    }

    private void enter(Phase next) {
        if (!phase.compareAndSet(own, next)) {
            throw closed();
        }
        own = next;
    }

    private void release() {
        prologue = null;
        firstRead = null;
        headerBytes = 0;
        headerLines = 0;
        chunked = false;
        answered = false;
        bodySince = 0;
        memory.release();
    }

    private static int lines(byte[] bytes) {
        int lines = 0;
        for (byte character : bytes) {
            if (character == '\n') {
                lines++;
            }
        }
        return lines;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public ListenerContext listenerContext() {
        if (listenerContext == null) {
            listenerContext = new EdgeListenerContext(context.listenerContext());
        }
        return listenerContext;
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

    /** A writer that marks the connection as waiting for its caller to read, for the time of each write. */
    private final class WatchedWriter implements DataWriter {

        private final DataWriter target;

        WatchedWriter(DataWriter target) {
            this.target = target;
        }

        @Override
        public void write(BufferData... buffers) {
            beginAnswer();
            watched(() -> target.write(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            beginAnswer();
            watched(() -> target.write(buffer));
        }

        @Override
        public void writeNow(BufferData... buffers) {
            watched(() -> target.writeNow(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            watched(() -> target.writeNow(buffer));
        }

        @Override
        public void flush() {
            target.flush();
        }

        @Override
        public void close() {
            target.close();
        }

        private void beginAnswer() {
            Turns.giveWay();
            answered = true;
        }

        /**
         * Bytes that cannot be written are dropped without a message: an error for each caller that hangs up would fill
         * the log.
         */
        private void watched(Runnable writing) {
            if (gone) {
                return;
            }
            since = System.nanoTime();
            gone = !phase.compareAndSet(own, Phase.WRITING);
            if (gone) {
                return;
            }
            try {
                writing.run();
                gone = !phase.compareAndSet(Phase.WRITING, Phase.WORKING);
                own = Phase.WORKING;
            } catch (UncheckedIOException hungUp) {
                gone = true;
            }
        }
    }
}
