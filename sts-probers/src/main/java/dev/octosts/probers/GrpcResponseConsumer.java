package dev.octosts.probers;

import dev.octosts.api.grpc.MessageFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Takes the response to a call, with its trailers. A body that is larger than any answer of a service is not taken. */
final class GrpcResponseConsumer implements AsyncResponseConsumer<GrpcResponse> {

    private static final int MOST = MessageFrames.PREFIX_BYTES + MessageFrames.MAXIMUM_BYTES;

    private final Map<String, String> headers = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private @Nullable FutureCallback<GrpcResponse> callback;

    GrpcResponseConsumer() {}

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<GrpcResponse> result) {
        status = response.getCode();
        add(List.of(response.getHeaders()));
        callback = result;
        if (entity == null) {
            complete();
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // The final one is to come.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(MOST);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        if (body.size() + bytes.remaining() > MOST) {
            throw new IOException("more bytes than a token service answers");
        }
        var part = new byte[bytes.remaining()];
        bytes.get(part);
        body.writeBytes(part);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (trailers != null) {
            add(trailers);
        }
        complete();
    }

    private void add(List<? extends Header> fields) {
        for (Header field : fields) {
            headers.put(field.getName().toLowerCase(Locale.ROOT), field.getValue());
        }
    }

    private void complete() {
        if (callback != null) {
            callback.completed(new GrpcResponse(status, Map.copyOf(headers), body.toByteArray()));
        }
    }

    @Override
    public void failed(Exception cause) {
        if (callback != null) {
            callback.failed(cause);
        }
    }

    @Override
    public void releaseResources() {
        body.reset();
    }
}
