package dev.octosts.app.edge;

import dev.octosts.api.budget.Turns;
import dev.octosts.app.edge.http2.HeaderField;
import dev.octosts.app.edge.http2.Http2Error;
import dev.octosts.app.edge.http2.Http2Fault;
import dev.octosts.app.edge.http2.RequestHead;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one HTTP/2 connection. Each is handled on a thread of its own once it is whole. A request that is
 * reset counts until nobody works on it any more: opening and resetting requests makes no more work than waiting for
 * them.
 */
final class Http2Requests {

    /** The requests of one connection at a time. */
    static final int MOST = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Http2Requests.class);
    private static final int COST_OF_A_REQUEST = 1_000;
    private static final int COST_OF_A_HEADER = 200;

    private final ConnectionContext context;
    private final Connections connections;
    private final Http2Sender sender;
    private final Observer observer;
    private final HttpRouting routing;
    private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();
    private final AtomicInteger occupied = new AtomicInteger();
    private final AtomicInteger watching = new AtomicInteger();

    /** Those that have come in the present read; the connection's own thread uses it alone. */
    private final List<Http2Stream> fresh = new ArrayList<>();

    private volatile boolean leaving;
    private volatile long idleSince = System.nanoTime();

    /** The connection of the requests. */
    interface Observer {

        /** A request has been answered. */
        void answered();

        /** The answer of a request was the last one that the connection should carry. */
        void lastAnswered();
    }

    Http2Requests(ConnectionContext context, Connections connections, Http2Sender sender, Observer observer) {
        this.context = context;
        this.connections = connections;
        this.sender = sender;
        this.observer = observer;
        this.routing = context.router().routing(HttpRouting.class, HttpRouting.empty());
    }

    /** The stream of a request, unless it is over. */
    @Nullable
    Http2Stream stream(int id) {
        return streams.get(id);
    }

    /** All streams that are not over. */
    Collection<Http2Stream> streams() {
        return streams.values();
    }

    /** Whether there are requests, apart from watches that have no end. */
    boolean areAtWork() {
        return occupied.get() > watching.get();
    }

    /** Since when there are none, as {@link System#nanoTime} counts. */
    long idleSince() {
        return idleSince;
    }

    /** Takes in no more requests. */
    void leave() {
        leaving = true;
    }

    /** Opens a stream for a request, or refuses it in a way that tells the caller to try again. */
    void open(int id, RequestHead head, boolean whole) throws Http2Fault {
        if (leaving) {
            throw Http2Fault.ofStream(id, Http2Error.REFUSED_STREAM, "the connection is about to end");
        }
        if (occupied.get() >= MOST || !connections.admitRequest()) {
            throw Http2Fault.ofStream(id, Http2Error.REFUSED_STREAM, "too many requests at a time");
        }
        occupied.incrementAndGet();
        // On a thread of its own: the one that needs the room belongs to another request, and may hold its lock.
        Runnable giveUp = () -> Thread.ofVirtual().start(() -> endForOthers(id, CutOff.NO_MEMORY));
        var memory = new RequestMemory(connections.memory(), connections.memoryOfLarge(), giveUp);
        boolean opened = false;
        try {
            opened = open(id, head, whole, memory);
        } finally {
            if (!opened) {
                memory.release();
                free();
            }
        }
    }

    private boolean open(int id, RequestHead head, boolean whole, RequestMemory memory) throws Http2Fault {
        var stream = new Http2Stream(id, head, cost(head), memory);
        boolean ready = whole && stream.end() == Http2Stream.Received.READY;
        streams.put(id, stream);
        if (ready) {
            handle(stream);
        } else {
            fresh.add(stream);
        }
        return true;
    }

    /** The connection waits for its caller: requests that are not whole are slow ones from now on. */
    void chargeIncomplete() {
        for (Http2Stream stream : fresh) {
            if (!stream.charge()) {
                connections.cutOff(CutOff.NO_MEMORY);
                reset(stream.id(), Http2Error.REFUSED_STREAM);
            }
        }
        fresh.clear();
    }

    private static long cost(RequestHead head) {
        long bytes = COST_OF_A_REQUEST
                + (long) head.path().length()
                + head.authority().length();
        for (HeaderField field : head.fields()) {
            bytes += COST_OF_A_HEADER
                    + (long) field.name().length()
                    + field.value().length();
        }
        return bytes;
    }

    /** Has a request handled that is whole. */
    void handle(Http2Stream stream) {
        context.executor().execute(() -> work(stream));
    }

    private void work(Http2Stream stream) {
        stream.work();
        connections.turns().take();
        try {
            if (!stream.isCancelled()) {
                var request = new Http2Request(context, routing.security(), stream);
                route(request, new Http2Response(context, request, stream, new Answering(stream)));
            }
        } catch (RuntimeException failure) {
            LOG.error("a request over HTTP/2 failed by a fault of this service", failure);
        } finally {
            Turns.giveWay();
            finish(stream);
        }
    }

    private void route(Http2Request request, Http2Response response) {
        try {
            if (request.hasSoundPath()) {
                routing.route(context, request, response);
            } else {
                EdgeErrors.badRequest(request, response);
            }
        } catch (CloseConnectionException _) {
            observer.lastAnswered();
        }
    }

    private void finish(Http2Stream stream) {
        if (streams.remove(stream.id(), stream)) { // it has no complete answer
            sender.reset(stream.id(), Http2Error.INTERNAL_ERROR);
        }
        stream.finish();
        free();
    }

    private void free() {
        connections.leaveRequest();
        idleSince = System.nanoTime();
        occupied.decrementAndGet();
    }

    /** Nobody waits for an answer any more; false when the stream was over already. */
    boolean cancel(int id) {
        var stream = streams.remove(id);
        if (stream == null) {
            return false;
        }
        if (stream.cancel()) {
            free();
        }
        sender.wake();
        return true;
    }

    /** Nobody waits for any answer any more. */
    void cancelAll() {
        streams.keySet().forEach(this::cancel);
    }

    /** Ends a stream for a fault of the caller. */
    void reset(int id, Http2Error error) {
        cancel(id);
        sender.reset(id, error);
    }

    /** Ends those whose bodies have been on their way since before a moment. */
    void endLate(long before) {
        streams.forEach((id, stream) -> {
            if (stream.isIncomplete() && stream.since() - before < 0) {
                endForOthers(id, CutOff.LATE_BODY);
            }
        });
    }

    /** The one that waits for its caller for longest. */
    Optional<Http2Stream> slowest() {
        return streams.values().stream()
                .filter(stream -> stream.waitsSince() != 0)
                .min((one, other) -> Long.signum(one.waitsSince() - other.waitsSince()));
    }

    /** Ends a slow request, because another one needs its place. */
    boolean endForNewcomer(Http2Stream stream) {
        return endForOthers(stream.id(), CutOff.SLOWEST);
    }

    /** The reset has a thread of its own: writing may take its time. */
    private boolean endForOthers(int id, CutOff reason) {
        if (!cancel(id)) {
            return false;
        }
        connections.cutOff(reason);
        Thread.ofVirtual().start(() -> sender.reset(id, Http2Error.ENHANCE_YOUR_CALM));
        return true;
    }

    /** What a response does with its connection. */
    final class Answering {

        private final Http2Stream stream;

        private Answering(Http2Stream stream) {
            this.stream = stream;
        }

        Http2Sender sender() {
            return sender;
        }

        /** The answer is complete. */
        void done() {
            if (streams.remove(stream.id(), stream) && !stream.isWhole()) {
                sender.reset(stream.id(), Http2Error.NO_ERROR); // the rest of the request is not wanted
            }
            observer.answered();
        }

        /** The caller does not read the answer. */
        void unread() {
            if (streams.remove(stream.id(), stream)) {
                connections.cutOff(CutOff.UNREAD_ANSWER);
                sender.reset(stream.id(), Http2Error.CANCEL);
            }
        }

        /** An answer without an end, such as a watch, does not keep the connection from being closed. */
        void watch(Runnable endless) {
            watching.incrementAndGet();
            idleSince = System.nanoTime();
            try {
                endless.run();
            } finally {
                watching.decrementAndGet();
            }
        }
    }
}
