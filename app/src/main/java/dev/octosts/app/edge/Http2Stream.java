package dev.octosts.app.edge;

import dev.octosts.api.grpc.MessageFrames;
import dev.octosts.app.edge.http2.Http2Error;
import dev.octosts.app.edge.http2.Http2Fault;
import dev.octosts.app.edge.http2.RequestHead;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One request over HTTP/2: its headers, and its body as far as it has come. The request is handled when it is whole, or
 * as soon as it is clear that it will be refused for its body.
 */
final class Http2Stream {

    /** What a frame of the body has led to. */
    enum Received {
        /** More is to come. */
        PART,
        /** The request can be handled now. */
        READY,
        /** Nobody waits for the body any more. */
        IGNORED
    }

    /** What GitHub delivers is up to 25 MB. */
    private static final int MOST_OF_A_DELIVERY = 26_214_400;

    private static final int MOST_OF_OTHERS = 1 << 20;
    private static final int WINDOW = 65_535;
    private static final int REPORT_AFTER = 32_768;
    private static final int COST_OF_A_FRAME = 100;
    private static final int MOST_LENGTH_DIGITS = 18;

    /** What the peer has granted beyond the window of a new stream; {@link Http2Sender} alone uses it. */
    long granted;

    private final int id;
    private final RequestHead head;
    private final RequestMemory memory;
    private final boolean grpc;
    private final int most;
    private final long since = System.nanoTime();

    /** The cost that is not taken from the memory of slow requests yet. */
    private long cost;

    private boolean charged;

    private byte[] body = {};
    private int size;
    private long declared = -1;
    private int window = WINDOW;
    private int unreported;
    private boolean whole;
    private boolean tooLarge;
    private boolean ready;
    private volatile boolean cancelled;
    private volatile long unreadSince;
    private volatile @Nullable Thread worker;

    /**
     * A request whose headers have come.
     *
     * @param cost what the headers cost
     */
    Http2Stream(int id, RequestHead head, long cost, RequestMemory memory) throws Http2Fault {
        this.id = id;
        this.head = head;
        this.cost = cost;
        this.memory = memory;
        this.grpc = isGrpc(head);
        this.most = head.path().startsWith(WebhookOnlyFilter.PATH) ? MOST_OF_A_DELIVERY : MOST_OF_OTHERS;
        for (var field : head.fields()) {
            if (field.name().equals("content-length")) {
                long length = length(field.value());
                if (declared >= 0 || length < 0) {
                    throw wrongLength();
                }
                declared = length;
            }
        }
    }

    /** Whether a request has a content type of gRPC. */
    static boolean isGrpc(RequestHead head) {
        return head.only("content-type")
                .filter(type -> type.startsWith("application/grpc"))
                .isPresent();
    }

    private static long length(String text) {
        return text.matches("[0-9]{1," + MOST_LENGTH_DIGITS + "}") ? Long.parseLong(text) : -1;
    }

    int id() {
        return id;
    }

    RequestHead head() {
        return head;
    }

    /** When its headers were complete, as {@link System#nanoTime} counts. */
    long since() {
        return since;
    }

    /** Takes a frame of the body. */
    synchronized Received receive(ByteBuffer content, int length, boolean last) throws Http2Fault {
        if (ready || cancelled) {
            whole |= last;
            return Received.IGNORED;
        }
        window -= length;
        if (window < 0) {
            throw Http2Fault.ofStream(id, Http2Error.FLOW_CONTROL_ERROR, "more bytes than the window has room for");
        }
        cost += COST_OF_A_FRAME + content.remaining();
        if (charged && !takeMemory()) {
            throw Http2Fault.ofStream(id, Http2Error.REFUSED_STREAM, "no memory for another slow request");
        }
        append(content);
        if (declared >= 0 && size > declared) {
            throw wrongLength();
        }
        return last ? end() : refusable();
    }

    /**
     * Charges a request that waits for its caller; one that comes in a single read is not charged.
     *
     * @return false when there is no memory for it
     */
    synchronized boolean charge() {
        if (ready || cancelled || charged) {
            return true;
        }
        charged = true;
        return takeMemory();
    }

    private boolean takeMemory() {
        long bytes = cost;
        cost = 0;
        return memory.take(bytes);
    }

    /** The request is whole. */
    synchronized Received end() throws Http2Fault {
        whole = true;
        if (ready || cancelled) {
            return Received.IGNORED;
        }
        if (declared >= 0 && size != declared) {
            throw wrongLength();
        }
        tooLarge = size > most;
        return ready();
    }

    private Received refusable() {
        tooLarge = size > most;
        return tooLarge || (grpc && MessageFrames.isRefusable(body, size)) ? ready() : Received.PART;
    }

    private Received ready() {
        ready = true;
        memory.settle();
        return Received.READY;
    }

    private void append(ByteBuffer content) {
        int needed = size + content.remaining();
        if (needed > body.length) {
            body = Arrays.copyOf(body, Math.max(needed, Math.min(2 * body.length, most)));
        }
        int length = content.remaining();
        content.get(body, size, length);
        size += length;
    }

    private Http2Fault wrongLength() {
        return Http2Fault.ofStream(id, Http2Error.PROTOCOL_ERROR, "the body has another length than the headers say");
    }

    /** The bytes by which the peer's room may grow again; 0 when that is not worth a frame yet. */
    synchronized int growth(int length) {
        unreported += length;
        if (unreported < REPORT_AFTER) {
            return 0;
        }
        int bytes = unreported;
        unreported = 0;
        window += bytes;
        return bytes;
    }

    /** The body, as far as it has come. */
    synchronized byte[] body() {
        return Arrays.copyOf(body, size);
    }

    /** Whether the body is larger than any resource accepts. */
    synchronized boolean isTooLarge() {
        return tooLarge;
    }

    /** Whether the caller has sent all of the request. */
    synchronized boolean isWhole() {
        return whole;
    }

    /** Whether the request waits for its caller. */
    synchronized boolean isIncomplete() {
        return !ready && !cancelled;
    }

    /** Since when the request waits for its caller; 0 when it does not. */
    long waitsSince() {
        return isIncomplete() ? since : unreadSince;
    }

    /** The answer waits for its caller to make room, since a moment, or 0 when it does not wait any more. */
    void unreadSince(long moment) {
        unreadSince = moment;
    }

    /** Whether nobody waits for the answer any more. */
    boolean isCancelled() {
        return cancelled;
    }

    /** The thread that handles the request. */
    void work() {
        worker = Thread.currentThread();
    }

    /**
     * Nobody waits for the answer any more.
     *
     * @return whether nobody has begun to handle the request
     */
    synchronized boolean cancel() {
        boolean first = !cancelled;
        cancelled = true;
        if (worker != null) {
            LockSupport.unpark(worker);
        }
        if (!ready) {
            memory.release();
        }
        return first && !ready;
    }

    /** The request was handled. */
    synchronized void finish() {
        memory.release();
        body = new byte[0];
        size = 0;
    }
}
