package dev.octosts.sandbox.bench;

import jakarta.json.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * What records cost, as the medians of all turns.
 *
 * @param mode the OCTOSTS_AUDIT of the service with records
 * @param off the turns without records, in order
 * @param on the turns with records, in order
 */
record AuditCostResults(
        String mode, List<Integer> connections, List<Turn> off, List<Turn> on, Optional<Memory> memory) {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int SIGNIFICANT_DIGITS = 3;

    /** One measurement. */
    record Turn(int connections, long exchanges, long errors, double perSecond, double p50, double p99, double cpu) {

        /** @param cpu of the service's process in all these loads */
        static Turn of(int connections, List<Load.Outcome> loads, Duration cpu) {
            var latency = new Histogram(SIGNIFICANT_DIGITS);
            loads.forEach(load -> latency.add(load.latency()));
            long exchanges = latency.getTotalCount();
            long nanos =
                    loads.stream().mapToLong(load -> load.elapsed().toNanos()).sum();
            return new Turn(
                    connections,
                    exchanges,
                    loads.stream().mapToLong(Load.Outcome::errors).sum(),
                    exchanges * 1e9 / nanos,
                    latency.getValueAtPercentile(50) / NANOS_PER_MILLI,
                    latency.getValueAtPercentile(99) / NANOS_PER_MILLI,
                    cpu.toNanos() / NANOS_PER_MICRO / Math.max(1, exchanges));
        }
    }

    /** The memory of both after the last turn, in bytes. */
    record Memory(OptionalLong off, OptionalLong on) {}

    /** A number of both, and the median of the differences of neighbours. */
    record Compared(String what, double off, double on, double more) {

        double percent() {
            return off == 0 ? 0 : 100 * more / off;
        }
    }

    List<Compared> compared(int at) {
        return List.of(
                compared(at, "exchanges per second", Turn::perSecond),
                compared(at, "latency, p50 (ms)", Turn::p50),
                compared(at, "latency, p99 (ms)", Turn::p99),
                compared(at, "CPU of the service per exchange (us)", Turn::cpu));
    }

    private Compared compared(int at, String what, ToDoubleFunction<Turn> number) {
        var without = at(off, at, number);
        var with = at(on, at, number);
        var more = IntStream.range(0, with.length)
                .mapToDouble(turn -> with[turn] - without[turn])
                .toArray();
        return new Compared(what, median(without), median(with), median(more));
    }

    private static double[] at(List<Turn> turns, int connections, ToDoubleFunction<Turn> number) {
        return turns.stream()
                .filter(turn -> turn.connections() == connections)
                .mapToDouble(number)
                .toArray();
    }

    static double median(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    long errors() {
        return IntStream.range(0, off.size())
                .mapToLong(turn -> off.get(turn).errors() + on.get(turn).errors())
                .sum();
    }

    void print(PrintStream out) {
        for (int at : connections) {
            out.printf("%n%d connections, medians of %d turns%n", at, off.size() / connections.size());
            out.printf("  %-40s %12s %12s %12s %8s%n", "", "off", mode, "difference", "");
            for (var one : compared(at)) {
                out.printf(
                        Locale.ROOT,
                        "  %-40s %12.2f %12.2f %+12.2f %+7.1f%%%n",
                        one.what(),
                        one.off(),
                        one.on(),
                        one.more(),
                        one.percent());
            }
        }
        memory.ifPresent(known -> out.printf(
                "%nMemory of the service (RSS, MB): off %s, %s %s. Errors: %d.%n",
                Report.megabytes(known.off()), mode, Report.megabytes(known.on()), errors()));
    }

    /** The same numbers for programs. */
    String json() {
        var all = Json.createArrayBuilder();
        for (int at : connections) {
            for (var one : compared(at)) {
                all.add(Json.createObjectBuilder()
                        .add("connections", at)
                        .add("what", one.what())
                        .add("off", one.off())
                        .add(mode, one.on())
                        .add("difference", one.more())
                        .add("percent", one.percent()));
            }
        }
        return Report.pretty(Json.createObjectBuilder()
                .add("audit", mode)
                .add("turns", off.size() / connections.size())
                .add("errors", errors())
                .add("compared", all)
                .build());
    }
}
