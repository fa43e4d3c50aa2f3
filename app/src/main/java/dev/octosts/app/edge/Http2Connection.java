package dev.octosts.app.edge;

import dev.octosts.api.budget.Turns;
import dev.octosts.app.edge.Progress.Phase;
import dev.octosts.app.edge.http2.FrameReader;
import dev.octosts.app.edge.http2.Http2Error;
import dev.octosts.app.edge.http2.Http2Fault;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/2. Its own thread reads the frames. It counts as one of the {@link Connections}, each
 * of its {@link Http2Requests} counts as well, and both have the same limits of time and memory as over HTTP/1.1.
 */
final class Http2Connection implements ServerConnection, InterruptableTask<Void>, Watched, Http2Requests.Observer {

    /** What a caller sends first. */
    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int COST_OF_A_READ = 100;

    /** How long a caller that has to leave has time for that. */
    private static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ConnectionContext context;
    private final Connections connections;
    private final Http2Sender sender;
    private final Http2Requests requests;
    private final Http2Receiver receiver;
    private final RequestMemory partial;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long framesBefore = -1;
    private volatile long leavingSince;
    private volatile long readingSince;

    /**
     * A connection whose preface has come.
     *
     * @param context the connection as the routing sees it
     * @param socket the same connection with its bytes
     * @param first the bytes behind the preface, as far as they have come
     */
    Http2Connection(ConnectionContext context, ConnectionContext socket, byte[] first, Connections connections) {
        this.context = context;
        this.connections = connections;
        this.partial = new RequestMemory(connections.memory(), connections.memoryOfLarge(), this::closeForMemory);
        this.sender = new Http2Sender(socket.dataWriter());
        this.requests = new Http2Requests(context, connections, sender, this);
        this.receiver = new Http2Receiver(requests, sender, new FrameReader(first, this::next));
    }

    @Override
    public void handle(Limit limit) {
        try {
            sender.begin(Http2Requests.MOST);
            receiver.run();
        } catch (Http2Fault fault) {
            sender.goAway(receiver.lastStream(), fault.error());
        } catch (CloseConnectionException | UncheckedIOException _) {
            // The caller is gone, or was too slow: an error for each would fill the log.
        } finally {
            end();
        }
    }

    private void end() {
        Turns.giveWay();
        closed.set(true);
        connections.leave(this);
        sender.close();
        requests.cancelAll();
        partial.release();
    }

    /** The next bytes of the socket. */
    private byte @Nullable [] next(boolean between) throws Http2Fault {
        boolean begun = !between || receiver.isInsideHeaders();
        if (receiver.framesRead() != framesBefore && !receiver.isInsideHeaders()) {
            framesBefore = receiver.framesRead();
            partial.release();
            readingSince = begun ? System.nanoTime() : 0;
        }
        requests.chargeIncomplete();
        Turns.giveWay();
        byte[] bytes = closed.get() ? null : context.serverSocket().get();
        if (bytes == null) {
            return null;
        }
        if (!begun) {
            readingSince = System.nanoTime();
        } else if (!partial.take(COST_OF_A_READ + (long) bytes.length)) {
            connections.cutOff(CutOff.NO_MEMORY);
            throw Http2Fault.ofConnection(Http2Error.ENHANCE_YOUR_CALM, "no memory for another slow request");
        }
        connections.turns().take();
        return bytes;
    }

    private void closeForMemory() {
        close(Phase.HEADERS, CutOff.NO_MEMORY);
    }

    @Override
    public void answered() {
        receiver.answered();
    }

    @Override
    public void lastAnswered() {
        leave();
    }

    /** Tells the caller to go on over another connection; what it has asked for is answered. */
    private void leave() {
        requests.leave();
        if (leavingSince == 0) {
            leavingSince = Math.max(1, System.nanoTime());
            sender.goAway(receiver.lastStream(), Http2Error.NO_ERROR);
        }
    }

    @Override
    public Sight look() {
        if (closed.get()) {
            return new Sight(this, Phase.CLOSED, requests.idleSince());
        }
        long writing = sender.writingSince();
        if (writing != 0) {
            return new Sight(this, Phase.WRITING, writing);
        }
        long reading = readingSince;
        if (reading != 0) {
            return new Sight(this, Phase.HEADERS, reading);
        }
        return requests.areAtWork() ? lookAtRequests() : new Sight(this, Phase.IDLE, requests.idleSince());
    }

    /** The connection waits for its caller only if all of its requests do. */
    private Sight lookAtRequests() {
        Http2Stream oldest = null;
        for (Http2Stream stream : requests.streams()) {
            if (!stream.isIncomplete()) {
                return new Sight(this, Phase.WORKING, stream.since());
            }
            if (oldest == null || stream.since() - oldest.since() < 0) {
                oldest = stream;
            }
        }
        return oldest == null
                ? new Sight(this, Phase.WORKING, requests.idleSince())
                : new Sight(this, Phase.BODY, oldest.since());
    }

    @Override
    public void endLateRequests(long before) {
        requests.endLate(before);
        long leaving = leavingSince;
        if (leaving != 0 && !requests.areAtWork() && System.nanoTime() - leaving > LEAVING_NANOS) {
            drop();
        }
    }

    @Override
    public long slowestRequestSince() {
        return requests.slowest().map(Http2Stream::waitsSince).orElse(0L);
    }

    @Override
    public boolean endSlowestRequest() {
        return requests.slowest().map(requests::endForNewcomer).orElse(false);
    }

    @Override
    public boolean close(Phase expected, CutOff reason) {
        if (look().phase() != expected || !closed.compareAndSet(false, true)) {
            return false;
        }
        connections.leave(this);
        drop();
        connections.cutOff(reason);
        return true;
    }

    @Override
    public void drop() {
        context.serverSocket().close();
    }

    @Override
    public boolean canInterrupt() {
        return !requests.areAtWork();
    }

    @Override
    public Duration idleTime() {
        return canInterrupt() ? Duration.ofNanos(System.nanoTime() - requests.idleSince()) : Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        boolean now = interrupt || canInterrupt();
        // A thread of its own: writing may take its time, and the server's threads may be at their end.
        Thread.ofVirtual().start(() -> {
            leave();
            if (now) {
                drop();
            }
        });
    }
}
