package dev.octosts.app.edge.http2;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** The settings of the other side, of which only one matters to us: our headers are small and use no table. */
public final class PeerSettings {

    private static final int SETTING_BYTES = Short.BYTES + Integer.BYTES;
    private static final int ENABLE_PUSH = 2;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_FRAME_SIZE = 5;
    private static final int LARGEST_FRAME = 16_777_215;

    private PeerSettings() {}

    /**
     * Checks the payload of SETTINGS.
     *
     * @return the room that the peer has for each stream, if it says so
     */
    public static OptionalInt newWindow(byte[] payload) throws Http2Fault {
        if (payload.length % SETTING_BYTES != 0) {
            throw Http2Fault.ofConnection(Http2Error.FRAME_SIZE_ERROR, "SETTINGS of a wrong length");
        }
        var window = OptionalInt.empty();
        for (var settings = ByteBuffer.wrap(payload); settings.hasRemaining(); ) {
            int name = settings.getShort() & 0xFFFF;
            int value = settings.getInt();
            switch (name) {
                case ENABLE_PUSH -> check(value == 0 || value == 1, Http2Error.PROTOCOL_ERROR);
                case INITIAL_WINDOW_SIZE -> {
                    check(value >= 0, Http2Error.FLOW_CONTROL_ERROR); // the number has no sign
                    window = OptionalInt.of(value);
                }
                case MAX_FRAME_SIZE ->
                    check(value >= Frame.MAXIMUM_BYTES && value <= LARGEST_FRAME, Http2Error.PROTOCOL_ERROR);
                default -> {}
            }
        }
        return window;
    }

    private static void check(boolean allowed, Http2Error error) throws Http2Fault {
        if (!allowed) {
            throw Http2Fault.ofConnection(error, "a setting has a value that is not allowed");
        }
    }
}
