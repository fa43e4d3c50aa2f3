package dev.octosts.app.edge.http2;

import java.util.function.LongSupplier;

/**
 * How many frames of a kind a connection may send that make work and ask for nothing, such as resets. It begins with
 * the maximum; what is used comes back with time and with requests that are answered.
 */
public final class FrameAllowance {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double most;
    private final double perSecond;
    private final double perRequest;
    private final LongSupplier nanoTime;
    private double left;
    private long at;

    /** An unused allowance, with a clock that is never set. */
    public FrameAllowance(double most, double perSecond, double perRequest, LongSupplier nanoTime) {
        this.most = most;
        this.perSecond = perSecond;
        this.perRequest = perRequest;
        this.nanoTime = nanoTime;
        this.left = most;
        this.at = nanoTime.getAsLong();
    }

    /**
     * Uses one.
     *
     * @throws Http2Fault when nothing is left
     */
    public synchronized void use() throws Http2Fault {
        long now = nanoTime.getAsLong();
        left = Math.min(most, left + (now - at) / NANOS_PER_SECOND * perSecond);
        at = now;
        if (left < 1) {
            throw Http2Fault.ofConnection(
                    Http2Error.ENHANCE_YOUR_CALM, "too many frames that make work and ask for nothing");
        }
        left--;
    }

    /** A request has been answered. */
    public synchronized void earn() {
        left = Math.min(most, left + perRequest);
    }
}
