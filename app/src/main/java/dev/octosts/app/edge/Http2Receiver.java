package dev.octosts.app.edge;

import dev.octosts.app.edge.http2.Frame;
import dev.octosts.app.edge.http2.FrameAllowance;
import dev.octosts.app.edge.http2.FrameReader;
import dev.octosts.app.edge.http2.HeaderBlock;
import dev.octosts.app.edge.http2.HeaderDecoder;
import dev.octosts.app.edge.http2.Http2Error;
import dev.octosts.app.edge.http2.Http2Fault;
import dev.octosts.app.edge.http2.PeerSettings;
import dev.octosts.app.edge.http2.RequestHead;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one connection, on its own thread, and holds them against the rules of the protocol and our
 * limits. What floods the connection without asking for anything ends it.
 */
final class Http2Receiver {

    private static final int WINDOW = 65_535;
    private static final int REPORT_AFTER = 32_768;
    private static final int PRIORITY_BYTES = 5;
    private static final int PING_BYTES = 8;
    private static final int GOAWAY_BYTES = 8;

    private final Http2Requests requests;
    private final Http2Sender sender;
    private final FrameReader frames;
    private final HeaderDecoder headers = new HeaderDecoder();

    /** Streams that are reset: by the caller before their answer, or by us for their faults. */
    private final FrameAllowance resets = new FrameAllowance(100, 10, 1, System::nanoTime);

    /** All other frames that ask for nothing. */
    private final FrameAllowance others = new FrameAllowance(1_000, 50, 10, System::nanoTime);

    private volatile int lastStream;
    private long framesRead;
    private int window = WINDOW;
    private int unreported;
    private @Nullable HeaderBlock block;

    Http2Receiver(Http2Requests requests, Http2Sender sender, FrameReader frames) {
        this.requests = requests;
        this.sender = sender;
        this.frames = frames;
    }

    /** The newest stream that the caller has opened. */
    int lastStream() {
        return lastStream;
    }

    /** Whether headers have begun and are not complete. */
    boolean isInsideHeaders() {
        return block != null;
    }

    /** How many frames have come. */
    long framesRead() {
        return framesRead;
    }

    /** A request has been answered. */
    void answered() {
        resets.earn();
        others.earn();
    }

    /** Reads until the connection ends. */
    void run() throws Http2Fault {
        Frame frame = frames.read();
        if (frame != null && (frame.type() != Frame.SETTINGS || frame.has(Frame.ACK))) {
            throw protocol("the first frame has to be SETTINGS");
        }
        while (frame != null) {
            framesRead++;
            try {
                take(frame);
            } catch (Http2Fault fault) {
                if (fault.endsConnection()) {
                    throw fault;
                }
                resets.use();
                requests.reset(fault.stream(), fault.error());
            }
            frame = frames.read();
        }
    }

    private void take(Frame frame) throws Http2Fault {
        if (block != null && (frame.type() != Frame.CONTINUATION || frame.stream() != block.stream())) {
            throw protocol("headers have to be complete before anything else");
        }
        switch (frame.type()) {
            case Frame.DATA -> data(frame);
            case Frame.HEADERS -> headers(frame);
            case Frame.CONTINUATION -> continuation(frame);
            case Frame.RST_STREAM -> reset(frame);
            case Frame.WINDOW_UPDATE -> windowUpdate(frame);
            case Frame.SETTINGS -> settings(frame);
            case Frame.PING -> ping(frame);
            case Frame.PRIORITY -> priority(frame);
            case Frame.GOAWAY -> goAway(frame);
            case Frame.PUSH_PROMISE -> throw protocol("a client does not push");
            default -> others.use(); // an extension that we do not know
        }
    }

    private void data(Frame frame) throws Http2Fault {
        checkKnown(frame.stream());
        var content = frame.content();
        boolean last = frame.has(Frame.END_STREAM);
        window -= frame.length();
        if (window < 0) {
            throw Http2Fault.ofConnection(
                    Http2Error.FLOW_CONTROL_ERROR, "more bytes than the window of the connection has room for");
        }
        report(frame.length());
        if (!content.hasRemaining() && !last) {
            others.use();
        }
        var stream = requests.stream(frame.stream());
        if (stream == null) {
            others.use(); // it was answered or reset while this was on its way
            return;
        }
        switch (stream.receive(content, frame.length(), last)) {
            case READY -> requests.handle(stream);
            case PART -> {
                int growth = stream.growth(frame.length());
                if (growth > 0) {
                    sender.windowUpdate(stream.id(), growth);
                }
            }
            case IGNORED -> {}
        }
    }

    private void report(int length) {
        unreported += length;
        if (unreported >= REPORT_AFTER) {
            window += unreported;
            sender.windowUpdate(0, unreported);
            unreported = 0;
        }
    }

    private void headers(Frame frame) throws Http2Fault {
        int stream = frame.stream();
        if (stream % 2 == 0) {
            throw protocol("a client opens streams with odd numbers");
        }
        boolean known = stream <= lastStream;
        lastStream = Math.max(lastStream, stream);
        block = new HeaderBlock(stream, known, frame.has(Frame.END_STREAM));
        add(block, frame.content(), frame);
    }

    private void continuation(Frame frame) throws Http2Fault {
        if (block == null) {
            throw protocol("CONTINUATION without headers before it");
        }
        add(block, ByteBuffer.wrap(frame.payload()), frame);
    }

    private void add(HeaderBlock begun, ByteBuffer content, Frame frame) throws Http2Fault {
        begun.add(content);
        if (frame.has(Frame.END_HEADERS)) {
            block = null;
            complete(begun);
        }
    }

    private void complete(HeaderBlock whole) throws Http2Fault {
        var fields = headers.decode(whole.bytes());
        int id = whole.stream();
        if (!whole.areTrailers()) {
            requests.open(id, RequestHead.of(id, fields), whole.isLast());
            return;
        }
        var stream = requests.stream(id);
        if (stream == null) {
            others.use();
            return;
        }
        RequestHead.checkTrailers(id, fields);
        if (!whole.isLast()) {
            throw Http2Fault.ofStream(id, Http2Error.PROTOCOL_ERROR, "headers in the middle of a body");
        }
        if (stream.end() == Http2Stream.Received.READY) {
            requests.handle(stream);
        }
    }

    private void reset(Frame frame) throws Http2Fault {
        checkLength(frame, Integer.BYTES);
        checkKnown(frame.stream());
        if (requests.cancel(frame.stream())) {
            resets.use();
        } else {
            others.use();
        }
    }

    private void windowUpdate(Frame frame) throws Http2Fault {
        checkLength(frame, Integer.BYTES);
        others.use();
        int bytes = frame.number(0);
        if (frame.stream() == 0) {
            if (bytes == 0) {
                throw protocol("a window grows by nothing");
            }
            sender.grant(bytes);
            return;
        }
        checkKnown(frame.stream());
        var stream = requests.stream(frame.stream());
        if (stream == null) {
            return;
        }
        if (bytes == 0) {
            throw Http2Fault.ofStream(frame.stream(), Http2Error.PROTOCOL_ERROR, "a window grows by nothing");
        }
        sender.grant(stream, bytes);
    }

    private void settings(Frame frame) throws Http2Fault {
        others.use();
        if (frame.stream() != 0) {
            throw protocol("SETTINGS belong to the connection");
        }
        if (frame.has(Frame.ACK)) {
            checkLength(frame, 0);
            return;
        }
        var window = PeerSettings.newWindow(frame.payload());
        if (window.isPresent()) {
            sender.windowOfStreams(window.getAsInt());
        }
        sender.acknowledgeSettings();
    }

    private void ping(Frame frame) throws Http2Fault {
        checkLength(frame, PING_BYTES);
        others.use();
        if (frame.stream() != 0) {
            throw protocol("PING belongs to the connection");
        }
        if (!frame.has(Frame.ACK)) {
            sender.acknowledgePing(frame.payload());
        }
    }

    private void priority(Frame frame) throws Http2Fault {
        checkLength(frame, PRIORITY_BYTES);
        others.use();
        if (frame.stream() == 0 || frame.number(0) == frame.stream()) {
            throw protocol("PRIORITY belongs to a stream, which does not depend on itself");
        }
    }

    /** The caller opens no more streams; it ends the connection when those that it has are answered. */
    private void goAway(Frame frame) throws Http2Fault {
        others.use();
        if (frame.stream() != 0 || frame.length() < GOAWAY_BYTES) {
            throw protocol("GOAWAY of a wrong form");
        }
    }

    private void checkKnown(int stream) throws Http2Fault {
        if (stream % 2 == 0 || stream > lastStream) {
            throw protocol("a frame of a stream that was never opened");
        }
    }

    private static void checkLength(Frame frame, int wanted) throws Http2Fault {
        if (frame.length() != wanted) {
            throw Http2Fault.ofConnection(Http2Error.FRAME_SIZE_ERROR, "a frame of a wrong length");
        }
    }

    private static Http2Fault protocol(String message) {
        return Http2Fault.ofConnection(Http2Error.PROTOCOL_ERROR, message);
    }
}
