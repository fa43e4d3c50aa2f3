package dev.octosts.api.http;

import dev.octosts.api.DeliveryBody;
import java.io.InputStream;
import java.util.ArrayList;

/** Reads the bodies of deliveries, in parts, so that a large one is in memory once. */
final class DeliveryBodies {

    /** GitHub delivers no more. */
    static final int MAXIMUM_BYTES = 25 * 1024 * 1024;

    private static final int PART = 64 * 1024;

    private DeliveryBodies() {}

    /**
     * Reads a body.
     *
     * @throws InvalidRequestException when it is too large, ends early or takes too long, and when there is no room
     */
    static DeliveryBody read(InputStream stream) throws InvalidRequestException {
        var parts = new ArrayList<byte[]>();
        do {
            parts.add(RequestBody.upTo(PART, stream));
            if (parts.size() > MAXIMUM_BYTES / PART && parts.getLast().length > 0) {
                throw new InvalidRequestException.TooLarge("request body", MAXIMUM_BYTES);
            }
        } while (parts.getLast().length == PART);
        return new DeliveryBody(parts);
    }
}
