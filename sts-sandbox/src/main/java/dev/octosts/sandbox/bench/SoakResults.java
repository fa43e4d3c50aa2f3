package dev.octosts.sandbox.bench;

import jakarta.json.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The service's memory during a soak. */
final class SoakResults {
    /** @param resident RSS in bytes after so many exchanges */
    private record Sample(int exchanges, OptionalLong resident) {}

    private final List<Sample> samples = new ArrayList<>();
    private String firstError = "";
    private int errors;

    synchronized void sample(int exchanges, OptionalLong resident) {
        samples.add(new Sample(exchanges, resident));
    }

    synchronized void error(String what) {
        if (errors++ == 0) {
            firstError = what;
        }
    }

    synchronized int errors() {
        return errors;
    }

    synchronized void print(PrintStream out) {
        out.printf("%nMemory of the service (RSS, MB) after so many exchanges of newcomers:%n");
        for (var sample : samples) {
            out.printf("  %6d  %s%n", sample.exchanges(), Report.megabytes(sample.resident()));
        }
        out.printf(
                "Before %s, half-way %s, after %s. Errors: %d%s%n",
                Report.megabytes(samples.getFirst().resident()),
                Report.megabytes(samples.get(samples.size() / 2).resident()),
                Report.megabytes(samples.getLast().resident()),
                errors,
                errors == 0 ? "" : ", the first: " + firstError);
    }

    synchronized String json() {
        var list = Json.createArrayBuilder();
        samples.forEach(sample -> list.add(Json.createObjectBuilder()
                .add("exchanges", sample.exchanges())
                .add("rss_bytes", Report.orNull(sample.resident()))));
        return Report.pretty(Json.createObjectBuilder()
                .add("samples", list)
                .add("errors", errors)
                .build());
    }
}
