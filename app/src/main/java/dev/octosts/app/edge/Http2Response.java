package dev.octosts.app.edge;

import dev.octosts.app.edge.http2.HeaderField;
import io.helidon.http.DateTime;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.ServerResponseTrailers;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerResponseBase;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A response over HTTP/2, as Helidon's routing writes it: kept until it is complete, and then sent at once. Our answers
 * are small. gRPC sends its own, with trailers.
 */
final class Http2Response extends ServerResponseBase<Http2Response> {

    private static final Set<String> OF_ONE_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Http2Stream stream;
    private final Http2Requests.Answering connection;
    private final boolean withoutBody;
    private final ServerResponseHeaders headers = ServerResponseHeaders.create();
    private final ServerResponseTrailers trailers = ServerResponseTrailers.create();

    /** Whether an answer has begun; a deadline may end a call while its thread is at work. */
    private final AtomicBoolean begun = new AtomicBoolean();

    private volatile boolean sent;
    private final AtomicLong written = new AtomicLong();
    private volatile int grpcStatus = -1;
    private @Nullable ByteArrayOutputStream buffer;
    private UnaryOperator<OutputStream> streamFilter = UnaryOperator.identity();

    Http2Response(
            ConnectionContext context, Http2Request request, Http2Stream stream, Http2Requests.Answering connection) {
        super(context, request);
        this.stream = stream;
        this.connection = connection;
        this.withoutBody = request.prologue().method().equals(Method.HEAD);
    }

    @Override
    public Http2Response header(Header header) {
        if (isSent()) {
            throw new IllegalStateException("the response is sent already");
        }
        headers.set(header);
        return this;
    }

    @Override
    public void send(byte[] bytes) {
        send(bytes, 0, bytes.length);
    }

    @Override
    public void send(byte[] bytes, int position, int length) {
        if (isSent() || buffer != null) {
            throw new IllegalStateException("the response is sent already");
        }
        transmit(entityBytes(Arrays.copyOfRange(bytes, position, position + length)));
    }

    @Override
    public OutputStream outputStream() {
        if (isSent() || buffer != null) {
            throw new IllegalStateException("the response is sent already");
        }
        buffer = new ByteArrayOutputStream();
        return streamFilter.apply(contentEncode(buffer));
    }

    @Override
    public void commit() {
        if (buffer != null && !isSent()) {
            transmit(buffer.toByteArray());
        }
    }

    private void transmit(byte[] body) {
        headers.set(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        boolean bodiless = withoutBody || status().code() == NO_CONTENT || status().code() == NOT_MODIFIED;
        answer(bodiless ? new byte[0] : body, List.of());
        afterSend();
    }

    /**
     * Answers the call with a body, unless it is answered already. Without a body, the trailers are among the headers.
     *
     * @return whether this is the answer
     */
    boolean answer(byte[] body, List<HeaderField> behind) {
        if (!begun.compareAndSet(false, true)) {
            return false;
        }
        var front = fields();
        sent = true;
        if (body.length == 0) {
            front.addAll(behind);
        }
        written.set(body.length);
        end(connection.sender().answer(stream, front, body, body.length == 0 ? List.of() : behind));
        return true;
    }

    /** Begins an answer of several parts, unless the call is answered already. */
    boolean begin() {
        if (!begun.compareAndSet(false, true)) {
            return false;
        }
        connection.sender().headers(stream, fields(), false);
        sent = true;
        return true;
    }

    /** Sends a part; false when the caller does not read it, or is gone. */
    boolean part(byte[] bytes) {
        written.addAndGet(bytes.length);
        return connection.sender().data(stream, bytes, false);
    }

    /** Ends an answer of several parts. */
    void end(List<HeaderField> behind) {
        connection.sender().headers(stream, behind, true);
        connection.done();
    }

    private void end(boolean complete) {
        if (complete) {
            connection.done();
        } else {
            connection.unread();
        }
    }

    /** Whether the caller does not wait for the answer any more. */
    boolean isCancelled() {
        return stream.isCancelled();
    }

    /** Runs what goes on until the caller has enough. */
    void watch(Runnable endless) {
        connection.watch(endless);
    }

    /** The status of the call, for the log. */
    void grpcStatus(int number) {
        grpcStatus = number;
    }

    /** The status of the call; empty when the response is not one of gRPC. */
    OptionalInt grpcStatus() {
        return grpcStatus < 0 ? OptionalInt.empty() : OptionalInt.of(grpcStatus);
    }

    private List<HeaderField> fields() {
        var fields = new ArrayList<HeaderField>();
        fields.add(new HeaderField(":status", status().codeText()));
        for (Header header : headers) {
            String name = header.headerName().lowerCase();
            if (!OF_ONE_CONNECTION.contains(name)) {
                header.allValues().forEach(value -> fields.add(new HeaderField(name, value)));
            }
        }
        if (!headers.contains(HeaderNames.DATE)) {
            fields.add(new HeaderField("date", DateTime.rfc1123String()));
        }
        return fields;
    }

    @Override
    public Http2Response status(Status status) {
        return isSent() ? this : super.status(status); // a deadline may have ended the call
    }

    @Override
    public boolean isSent() {
        return sent;
    }

    @Override
    public boolean hasEntity() {
        return sent || buffer != null;
    }

    @Override
    public boolean reset() {
        if (!resetStream()) {
            return false;
        }
        headers.clear();
        return true;
    }

    @Override
    public boolean resetStream() {
        if (isSent()) {
            return false;
        }
        buffer = null;
        return true;
    }

    @Override
    public long bytesWritten() {
        return written.get();
    }

    @Override
    public ServerResponseHeaders headers() {
        return headers;
    }

    @Override
    public ServerResponseTrailers trailers() {
        return trailers;
    }

    @Override
    public void streamResult(String result) {
        // Only for streams that have begun, and ours are complete when they begin.
    }

    @Override
    public void streamFilter(UnaryOperator<OutputStream> filter) {
        var before = streamFilter;
        streamFilter = output -> filter.apply(before.apply(output));
    }
}
