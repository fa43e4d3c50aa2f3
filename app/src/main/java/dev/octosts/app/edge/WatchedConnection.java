package dev.octosts.app.edge;

import dev.octosts.api.budget.NoRoomException;
import dev.octosts.api.budget.Turns;
import dev.octosts.app.edge.Progress.Phase;
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
import org.jspecify.annotations.Nullable;

/**
 * A connection that records its {@link Progress}, and how many bytes it has read for its current request.
 * Bytes are charged from the second read of a request on, and until the request is answered; a request that comes in
 * one read (8 KiB at most) is not charged.
 */
final class WatchedConnection implements ConnectionContext, Watched {

    private final ConnectionContext context;
    private final Connections connections;
    private final DataReader reader;
    private final DataWriter writer;
    private final Progress progress = new Progress();
    private @Nullable ListenerContext listenerContext;

    // Only the connection's own thread uses these fields.
    private @Nullable InterruptableTask<?> server;
    private @Nullable HttpPrologue prologue;
    private boolean chunked;
    private final UnwantedBody unwanted;
    private long bodySince;
    private final RequestMemory memory;

    WatchedConnection(ConnectionContext context, Connections connections) {
        this.context = context;
        this.connections = connections;
        this.memory = new RequestMemory(connections.memory(), connections.memoryOfLarge(), this::closeForMemory);
        this.unwanted = new UnwantedBody(connections.paceOfUnwanted());
        this.reader = new DataReader(this::read);
        this.writer = progress.watch(context.dataWriter());
    }

    /** Sets the task of Helidon that serves this connection. */
    void serve(InterruptableTask<?> server) {
        this.server = server;
    }

    @Override
    public Sight look() {
        return new Sight(this, progress.current(), progress.since());
    }

    @Override
    public boolean close(Phase expected, CutOff reason) {
        if (!progress.close(expected, reason)) {
            return false;
        }
        connections.leave(this);
        context.serverSocket().close();
        connections.cutOff(reason);
        return true;
    }

    @Override
    public void drop() {
        context.serverSocket().close();
    }

    /** Gives back the memory that it holds. */
    void end() {
        Turns.giveWay();
        connections.leave(this);
        release();
    }

    /** The connection as Helidon has it. */
    ConnectionContext socket() {
        return context;
    }

    void requestBegun(HttpPrologue begun) {
        if (progress.own() != Phase.HEADERS) { // the headers were read together with the previous request
            nextRequest();
            progress.enter(Phase.HEADERS);
            connections.turns().take();
        }
        prologue = begun;
    }

    void headersComplete(boolean bodyIsChunked) {
        chunked = bodyIsChunked;
        progress.enter(Phase.WORKING);
        memory.settle();
    }

    /** The request line of the current request. */
    @Nullable
    HttpPrologue prologue() {
        return prologue;
    }

    private byte @Nullable [] read() {
        if (progress.isGone()) {
            throw progress.closed();
        }
        switch (progress.own()) {
            case WORKING -> {
                if (server == null || !server.canInterrupt()) {
                    waitForBody();
                } else if (reader.available() == 0) {
                    // Helidon can be interrupted exactly while it waits for a request line.
                    nextRequest();
                    progress.enter(Phase.IDLE);
                } else {
                    nextRequest();
                    progress.enter(Phase.HEADERS);
                    charge(memory.takeFirstRead());
                }
            }
            case HEADERS -> {
                if (memory.hasTooManyHeaders()) {
                    throw RequestSmugglingGuard.tooLarge();
                }
                charge(memory.takeFirstRead());
            }
            case IDLE, BODY, WRITING, CLOSED -> {}
        }
        Turns.giveWay();
        byte[] bytes = readSocket();
        if (bytes == null) {
            if (progress.own() == Phase.HEADERS) {
                // Helidon would log an error of its own for each caller that hangs up here.
                throw new CloseConnectionException("the caller has hung up");
            }
            return null;
        }
        switch (progress.own()) {
            case IDLE -> {
                progress.startNow();
                progress.enter(Phase.HEADERS);
                memory.keepFirstRead(bytes);
            }
            case HEADERS -> charge(memory.takeHeaders(bytes));
            case BODY -> {
                if (!progress.isAnswered() || chunked) {
                    charge(memory.takeBody(bytes, chunked));
                }
                if (progress.isAnswered()) {
                    unwanted.read(bytes.length);
                }
                progress.enter(Phase.WORKING);
                memory.settle();
            }
            case WORKING, WRITING, CLOSED -> {}
        }
        connections.turns().take();
        return bytes;
    }

    private void nextRequest() {
        unwanted.begin();
        release();
        progress.startNow();
    }

    private void waitForBody() {
        if (bodySince == 0) {
            bodySince = System.nanoTime();
        }
        progress.startedAt(bodySince);
        charge(memory.takeFirstRead());
        progress.enter(Phase.BODY);
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
            if (progress.current() == Phase.CLOSED) {
                throw progress.closed();
            }
            throw new ServerConnectionException("the connection is gone", gone);
        }
    }

    private void charge(boolean taken) {
        if (!taken) {
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
        if (progress.current() == Phase.CLOSED) {
            return progress.closed();
        }
        connections.cutOff(CutOff.NO_MEMORY);
        return progress.own() == Phase.HEADERS ? RequestSmugglingGuard.noRoom() : new NoRoomException();
    }

    private void release() {
        prologue = null;
        chunked = false;
        progress.forgetAnswer();
        bodySince = 0;
        memory.release();
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
}
