package dev.octosts.app.edge;

import io.helidon.common.GenericType;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.media.ReadableEntity;
import io.helidon.http.media.ReadableEntityBase;
import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The body of a request over HTTP/2, which has come. */
final class Http2Body extends ReadableEntityBase {

    private final Http2Request request;

    Http2Body(byte[] bytes, Http2Request request) {
        this(new Once(bytes), () -> {}, request);
    }

    private Http2Body(Function<Integer, BufferData> source, Runnable processed, Http2Request request) {
        super(source, processed);
        this.request = request;
    }

    @Override
    public InputStream inputStream() {
        return request.filtered(super.inputStream());
    }

    @Override
    protected <T> T entityAs(GenericType<T> type) {
        var media = request.listenerContext().mediaContext();
        return media.reader(type, request.headers()).read(type, inputStream(), request.headers());
    }

    @Override
    public ReadableEntity copy(Runnable processed) {
        Runnable both = () -> {
            processed.run();
            entityProcessedRunnable().run();
        };
        return new Http2Body(readEntityFunction(), both, request);
    }

    /** All bytes at the first call, and then none. */
    private static final class Once implements Function<Integer, BufferData> {

        private byte @Nullable [] bytes;

        Once(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public BufferData apply(Integer estimate) {
            if (bytes == null) {
                return BufferData.empty();
            }
            var all = BufferData.create(bytes);
            bytes = null;
            return all;
        }
    }
}
