package dev.octosts.api;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/**
 * The body of a delivery, up to 25 MB. It is kept in the parts in which it arrived, so that it is in memory only once.
 */
public final class DeliveryBody {

    private final List<byte[]> parts;

    /**
     * A body.
     *
     * @param parts its bytes in order; not copied, so they must not change
     */
    public DeliveryBody(List<byte[]> parts) {
        this.parts = List.copyOf(parts);
    }

    /** The bytes in order. */
    public List<byte[]> parts() {
        return parts;
    }

    /** How many bytes there are. */
    public long size() {
        return parts.stream().mapToLong(part -> part.length).sum();
    }

    /** Reads the bytes from the first one on. */
    public InputStream stream() {
        return new SequenceInputStream(Collections.enumeration(
                parts.stream().map(ByteArrayInputStream::new).toList()));
    }
}
