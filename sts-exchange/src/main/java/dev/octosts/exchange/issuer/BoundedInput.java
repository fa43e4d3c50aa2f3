package dev.octosts.exchange.issuer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.MessageConstraintException;

/** A stream that ends with an error after a maximum number of bytes. It does not close the underlying stream. */
final class BoundedInput extends FilterInputStream {
    private final int limit;
    private int left;

    BoundedInput(InputStream in, int limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    private void count(int read) throws MessageConstraintException {
        left -= read;
        if (left < 0) {
            throw new MessageConstraintException("more than " + limit + " bytes");
        }
    }

    @Override
    public long skip(long count) {
        return 0;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() {
        // The stream belongs to its connection.
    }
}
