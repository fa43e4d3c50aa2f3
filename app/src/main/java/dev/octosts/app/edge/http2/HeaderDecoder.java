package dev.octosts.app.edge.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackException;
import org.apache.hc.core5.http2.hpack.HeaderListConstraintException;

/**
 * Decodes the blocks of headers of one connection. They share a table, so each block has to be decoded, also those of
 * requests that are refused, and a block that cannot be decoded ends the connection.
 */
public final class HeaderDecoder {

    /** The size of a request's headers as the protocol counts it: names, values, and 32 bytes for each header. */
    public static final int MAXIMUM_LIST_BYTES = 65_536;

    private static final int TABLE_BYTES = 4_096;

    private final HPackDecoder hpack = new HPackDecoder(TABLE_BYTES, StandardCharsets.US_ASCII);

    /** A decoder with an empty table. */
    public HeaderDecoder() {
        hpack.setMaxListSize(MAXIMUM_LIST_BYTES);
    }

    /** The headers of one block, in the order in which they were sent. */
    public List<HeaderField> decode(byte[] block) throws Http2Fault {
        try {
            return hpack.decodeHeaders(ByteBuffer.wrap(block)).stream()
                    .map(HeaderDecoder::field)
                    .toList();
        } catch (HeaderListConstraintException _) {
            throw Http2Fault.ofConnection(Http2Error.ENHANCE_YOUR_CALM, "the headers are too large");
        } catch (HPackException | RuntimeException malformed) {
            // The decoder does not promise which exceptions a malformed block leads to.
            throw Http2Fault.ofConnection(Http2Error.COMPRESSION_ERROR, "the headers cannot be decoded");
        }
    }

    private static HeaderField field(Header header) {
        return new HeaderField(header.getName(), header.getValue() == null ? "" : header.getValue());
    }
}
