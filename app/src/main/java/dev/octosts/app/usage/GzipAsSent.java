package dev.octosts.app.usage;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import io.helidon.http.encoding.ContentEncodingContext;
import java.util.Set;

/**
 * Hands compressed bodies to {@link EventCollector} as they were sent, because the collector bounds what comes out of
 * them. Without it, Helidon refuses them, or unpacks them without a bound.
 */
public final class GzipAsSent implements ContentEncoding {

    private GzipAsSent() {}

    /** For the listener that serves a collector. */
    public static ContentEncodingContext context() {
        return ContentEncodingContext.builder()
                .contentEncodingsDiscoverServices(false)
                .addContentEncoding(new GzipAsSent())
                .build();
    }

    @Override
    public Set<String> ids() {
        return Set.of("gzip", "x-gzip");
    }

    @Override
    public boolean supportsEncoding() {
        return false;
    }

    @Override
    public boolean supportsDecoding() {
        return true;
    }

    @Override
    public ContentDecoder decoder() {
        return ContentDecoder.NO_OP;
    }

    @Override
    public ContentEncoder encoder() {
        return ContentEncoder.NO_OP;
    }

    @Override
    public String name() {
        return "gzip-as-sent";
    }

    @Override
    public String type() {
        return "gzip-as-sent";
    }
}
