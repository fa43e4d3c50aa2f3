package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.github.CallKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The measurements of one run.
 *
 * @param signatureNanos the CPU time of one RS256 signature, before and after the measurements
 */
record Results(
        Bench.Plan plan,
        Duration start,
        List<ColdStart> cold,
        List<Warm> warm,
        List<Long> signatureNanos,
        Memory memory) {

    /**
     * Exchanges at one number of connections.
     *
     * @param cpu of the service's process
     * @param others the share of the processors that neither the service nor this process used, where that is known
     * @param github calls by kind
     */
    record Warm(Load.Outcome load, Duration cpu, OptionalDouble others, Map<CallKind, Long> github, long issuer) {
        double cpuNanosPerExchange() {
            return (double) cpu.toNanos() / Math.max(1, load.exchanges());
        }

        double perExchange(long calls) {
            return (double) calls / Math.max(1, load.exchanges());
        }
    }

    /** The memory of the service, in bytes: when it was ready, after the last measurement, and at its highest. */
    record Memory(OptionalLong idle, OptionalLong loaded, OptionalLong most) {}

    double signature() {
        return signatureNanos.stream().mapToLong(Long::longValue).average().orElse(0);
    }

    long errors() {
        return warm.stream().mapToLong(one -> one.load().errors()).sum();
    }
}
