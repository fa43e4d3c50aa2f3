package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.bench.Scale.Pass;
import dev.octosts.sandbox.bench.Scale.Point;
import dev.octosts.sandbox.bench.Scale.Work;
import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.report.TextTable;
import jakarta.json.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an exchange costs when there is more of something.
 *
 * @param points by the kind of work, the smallest amount first
 */
record ScaleResults(Map<Work, List<Point>> points) {

    private static final int FEWEST = 100;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MB = 1024.0 * 1024;

    static ScaleResults run(Launcher launcher, Bench.Plan plan, List<Work> work) {
        var scale = new Scale(launcher, plan.connections().getLast(), plan.each());
        var points = new LinkedHashMap<Work, List<Point>>();
        work.forEach(each -> points.put(each, scale.measure(each)));
        return new ScaleResults(points);
    }

    long errors() {
        return points.values().stream()
                .flatMap(List::stream)
                .mapToLong(point -> point.newcomers().errors() + point.warm().errors())
                .sum();
    }

    void print(PrintStream out) {
        for (Work work : points.keySet()) {
            out.println();
            out.print(table(work).text(true));
        }
    }

    private TextTable table(Work work) {
        return new TextTable(
                List.of(
                        work.name(),
                        "first exchange (ms)",
                        "newcomer: reads",
                        "newcomer: CPU (µs)",
                        "warm: reads",
                        "warm: CPU (µs)",
                        "warm: a second",
                        "p50 (ms)",
                        "p99 (ms)",
                        "memory (MB)"),
                points.getOrDefault(work, List.of()).stream()
                        .map(ScaleResults::cells)
                        .toList());
    }

    private static List<String> cells(Point point) {
        Pass warm = point.warm();
        return List.of(
                Integer.toString(point.amount()),
                Long.toString(point.first().toMillis()),
                number(2, point.newcomers().reads()),
                newcomers(point.newcomers()),
                number(2, warm.reads()),
                number(0, warm.cpuMicros()),
                number(0, warm.perSecond()),
                number(2, warm.latency().getValueAtPercentile(50) / NANOS_PER_MILLI),
                number(2, warm.latency().getValueAtPercentile(99) / NANOS_PER_MILLI),
                number(0, point.resident() / BYTES_PER_MB));
    }

    /** The system counts a process's time in hundredths of a second, so that of a few exchanges says nothing. */
    private static String newcomers(Pass pass) {
        return pass.latency().getTotalCount() < FEWEST ? "" : number(0, pass.cpuMicros());
    }

    private static String number(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** The same numbers for programs. */
    String json() {
        var all = Json.createObjectBuilder();
        points.forEach((work, measured) -> {
            var rows = Json.createArrayBuilder();
            for (int row = 0; row < measured.size(); row++) {
                rows.add(table(work).json(row));
            }
            all.add(work.name(), rows);
        });
        return Report.pretty(all.build());
    }
}
