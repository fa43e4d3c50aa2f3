package dev.octosts.api.trace;

import dev.octosts.api.Egress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How requests are recorded.
 *
 * @param endpoint where spans are sent
 * @param headers with each of these; the values may be secrets
 * @param timeout how long the collector may take to answer
 * @param gzip whether what is sent is compressed
 * @param sampling which requests are recorded
 * @param resource what is said of this process with all of its spans
 * @param egress how calls leave this process
 * @param mask takes secrets out of a text that callers can choose
 */
public record TraceSettings(
        URI endpoint,
        Map<String, String> headers,
        Duration timeout,
        boolean gzip,
        Sampling sampling,
        Map<String, String> resource,
        Egress egress,
        UnaryOperator<String> mask) {

    public TraceSettings {
        headers = Map.copyOf(headers);
        resource = Map.copyOf(resource);
    }

    /**
     * Which requests are recorded.
     *
     * @param byParent whether the caller's trace decides, where there is one
     * @param ratio the part of all others that is recorded, from 0 to 1
     */
    public record Sampling(boolean byParent, double ratio) {}

    /** The same, with one more fact about the process, unless the operator says something else. */
    public TraceSettings with(String fact, String value) {
        var facts = new HashMap<>(resource);
        facts.putIfAbsent(fact, value);
        return new TraceSettings(endpoint, headers, timeout, gzip, sampling, facts, egress, mask);
    }

    /** Without the headers' values, and without a query of the address. */
    @Override
    public String toString() {
        return "TraceSettings[" + endpoint.getScheme() + "://" + endpoint.getHost() + ", headers=" + headers.keySet()
                + ", " + sampling + "]";
    }
}
