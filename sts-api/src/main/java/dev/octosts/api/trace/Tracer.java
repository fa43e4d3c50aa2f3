package dev.octosts.api.trace;

import java.util.Optional;

/** Records the requests that this process serves, and sends the records to the operator's collector. */
public interface Tracer extends AutoCloseable {

    /**
     * The span of a request that begins now.
     *
     * @param name one of few
     * @param traceparent the caller's, well formed as W3C's Trace Context wants it; empty when there is none
     * @return empty when this request is not recorded
     */
    Optional<Span> request(String name, String traceparent);

    /** What became of the spans so far. */
    Totals totals();

    /**
     * Numbers of spans.
     *
     * @param sent what the collector took
     * @param overflowed dropped because too many waited
     * @param failed dropped because the collector did not take them
     */
    record Totals(long sent, long overflowed, long failed) {}

    /** Sends what waits, for a limited time. */
    @Override
    void close();
}
