package dev.octosts.api.http;

import dev.octosts.api.DeliveryBody;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.concurrent.Semaphore;

/** Reads the bodies of deliveries; all those that are in memory at a time share one bound. */
final class DeliveryBodies {

    /** GitHub delivers no more. */
    static final int MAXIMUM_BYTES = 25 * 1024 * 1024;

    private static final int PART = 64 * 1024;
    private static final int ALL_BYTES = 40 * 1024 * 1024;
    private static final Problem NO_ROOM =
            new Problem(ProblemCode.UNAVAILABLE, "too many deliveries at a time; deliver it again later");

    private final Semaphore room = new Semaphore(ALL_BYTES / PART);

    DeliveryBodies() {}

    /**
     * Reads a body. Room is taken for what has come, not for what was announced, so that nobody holds it for nothing.
     *
     * @throws InvalidRequestException when it is too large, ends early or takes too long, and when there is no room
     */
    DeliveryBody read(InputStream stream) throws InvalidRequestException {
        var parts = new ArrayList<byte[]>();
        try {
            return RequestBody.withinTime(() -> {
                do {
                    parts.add(part(stream));
                    if (parts.size() > MAXIMUM_BYTES / PART && parts.getLast().length > 0) {
                        throw new InvalidRequestException.TooLarge("request body", MAXIMUM_BYTES);
                    }
                } while (parts.getLast().length == PART);
                return new DeliveryBody(parts);
            });
        } catch (InvalidRequestException cutOff) {
            room.release(parts.size());
            throw cutOff;
        }
    }

    /** Reads a body over, so that the connection is at its end when the answer is sent. */
    void skip(InputStream stream) throws InvalidRequestException {
        long size = RequestBody.withinTime(() -> stream.transferTo(OutputStream.nullOutputStream()));
        if (size > MAXIMUM_BYTES) {
            throw new InvalidRequestException.TooLarge("request body", MAXIMUM_BYTES);
        }
    }

    private byte[] part(InputStream stream) throws IOException, InvalidRequestException {
        if (!room.tryAcquire()) {
            throw new InvalidRequestException(NO_ROOM);
        }
        boolean read = false;
        try {
            byte[] part = stream.readNBytes(PART);
            read = true;
            return part;
        } finally {
            if (!read) {
                room.release();
            }
        }
    }

    /** Gives the room of a body back. */
    void release(DeliveryBody body) {
        room.release(body.parts().size());
    }
}
