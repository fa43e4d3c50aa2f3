package dev.octosts.app.usage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.octosts.exchange.spi.StoreException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A file of GitHub's audit log: an export, or an object that the stream has written to a store. It has one event a
 * line, or is one JSON array, and may be compressed with gzip. It is read once, whatever its size, and never held
 * whole.
 */
public final class AuditLogFile {

    private static final int BUFFER = 64 * 1024;

    /** Far longer than any event is. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final int GZIP = 0x1f;
    private static final int GZIP_TOO = 0x8b;

    private final BufferedInputStream input;

    private AuditLogFile(BufferedInputStream input) {
        this.input = input;
    }

    /** Takes what is in the file. */
    public interface Sink {

        /** An event. */
        void event(UsageEvent event) throws StoreException;

        /** Something that is no event, in this line, the first being 1. */
        void broken(long line);
    }

    /**
     * Reads a file to its end.
     *
     * @throws IOException when the file cannot be read to its end
     * @throws StoreException when the sink does not take an event
     */
    public static void read(InputStream file, Sink sink) throws IOException, StoreException {
        new AuditLogFile(plain(new BufferedInputStream(file, BUFFER))).read(sink);
    }

    private static BufferedInputStream plain(BufferedInputStream file) throws IOException {
        file.mark(2);
        boolean compressed = file.read() == GZIP && file.read() == GZIP_TOO;
        file.reset();
        return compressed ? new BufferedInputStream(new GZIPInputStream(file, BUFFER), BUFFER) : file;
    }

    private void read(Sink sink) throws IOException, StoreException {
        if (beginsWithArray()) {
            array(sink);
        } else {
            lines(sink);
        }
    }

    private boolean beginsWithArray() throws IOException {
        input.mark(BUFFER);
        int next = input.read();
        for (int at = 1; at < BUFFER && next >= 0 && (Character.isWhitespace(next) || isMark(next)); at++) {
            next = input.read();
        }
        input.reset();
        return next == '[';
    }

    /** The byte order mark, which some exports begin with. */
    private static boolean isMark(int next) {
        return next == 0xef || next == 0xbb || next == 0xbf;
    }

    /** What follows a fault in an array has no certain meaning: the rest is not read. */
    private void array(Sink sink) throws IOException, StoreException {
        try (JsonParser parser = UsageEventReader.JSON.createParser(input)) {
            try {
                parser.nextToken();
                JsonToken next = parser.nextToken();
                while (next != JsonToken.END_ARRAY) {
                    long line = parser.currentLocation().getLineNr();
                    if (next == null) {
                        sink.broken(line);
                        return;
                    }
                    Optional<UsageEvent> event = Optional.empty();
                    if (next == JsonToken.START_OBJECT) {
                        event = UsageEventReader.next(parser);
                    } else {
                        parser.skipChildren();
                    }
                    tell(event, line, sink);
                    next = parser.nextToken();
                }
            } catch (JsonProcessingException broken) {
                sink.broken(parser.currentLocation().getLineNr());
            }
        }
    }

    private static void tell(Optional<UsageEvent> event, long line, Sink sink) throws StoreException {
        if (event.isPresent()) {
            sink.event(event.get());
        } else {
            sink.broken(line);
        }
    }

    private void lines(Sink sink) throws IOException, StoreException {
        byte[] line = new byte[BUFFER];
        int length = 0;
        boolean tooLong = false;
        boolean blank = true;
        long number = 1;
        int next;
        do {
            next = input.read();
            if (next >= 0 && next != '\n') {
                if (blank && (Character.isWhitespace(next) || isMark(next))) {
                    continue;
                }
                blank = false;
                if (length == line.length && length < LONGEST_LINE) {
                    line = Arrays.copyOf(line, length * 2);
                }
                tooLong |= length == line.length;
                if (!tooLong) {
                    line[length++] = (byte) next;
                }
                continue;
            }
            if (!blank) {
                tell(tooLong ? Optional.empty() : UsageEventReader.read(line, length), number, sink);
            }
            length = 0;
            tooLong = false;
            blank = true;
            number++;
        } while (next >= 0);
    }
}
