package dev.octosts.app.edge.http2;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Headers that may come in several frames, within a limit of their size and one of their number. */
public final class HeaderBlock {

    private static final int MOST_BYTES = 65_536;
    private static final int MOST_FRAMES = 17;

    private final int stream;
    private final boolean trailers;
    private final boolean last;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int frames;

    /**
     * Headers of which nothing has come.
     *
     * @param trailers whether they are behind a body
     * @param last whether nothing follows on the stream
     */
    public HeaderBlock(int stream, boolean trailers, boolean last) {
        this.stream = stream;
        this.trailers = trailers;
        this.last = last;
    }

    /** Adds what a frame has of them. */
    public void add(ByteBuffer content) throws Http2Fault {
        if (++frames > MOST_FRAMES) {
            throw Http2Fault.ofConnection(Http2Error.ENHANCE_YOUR_CALM, "the headers are in too many frames");
        }
        if (bytes.size() + content.remaining() > MOST_BYTES) {
            throw Http2Fault.ofConnection(Http2Error.ENHANCE_YOUR_CALM, "the headers are too large");
        }
        byte[] part = new byte[content.remaining()];
        content.get(part);
        bytes.writeBytes(part);
    }

    /** The stream that they belong to. */
    public int stream() {
        return stream;
    }

    /** Whether they are behind a body. */
    public boolean areTrailers() {
        return trailers;
    }

    /** Whether nothing follows on the stream. */
    public boolean isLast() {
        return last;
    }

    /** What has come of them, encoded. */
    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
