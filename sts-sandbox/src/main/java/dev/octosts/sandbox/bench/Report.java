package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.github.CallKind;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.PrintStream;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** Writes the results as a table for people and as JSON for programs. */
final class Report {
    private static final double[] PERCENTILES = {50, 90, 99, 100};
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BYTES_PER_MB = 1024.0 * 1024;

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    void print(PrintStream out) {
        out.println();
        out.printf(
                "Warm exchanges: %d repositories, a different RS256 token each, callers in a closed loop on kept-alive%n"
                        + "connections; JDK %s, %d processors shared by the service, GitHub and the callers.%n%n",
                results.plan().repositories(),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        row(out, "connections", warm -> Integer.toString(warm.load().connections()));
        row(out, "exchanges", warm -> Long.toString(warm.load().exchanges()));
        row(out, "exchanges per second", warm -> number(0, warm.load().perSecond()));
        for (double percentile : PERCENTILES) {
            row(out, "latency, " + name(percentile) + " (ms)", warm -> number(2, millis(warm, percentile)));
        }
        row(out, "CPU of the service per exchange (us)", warm -> number(0, micros(warm.cpuNanosPerExchange())));
        row(out, "... in RS256-2048 signatures", warm -> number(3, inSignatures(warm)));
        results.warm().stream()
                .flatMap(warm -> warm.github().keySet().stream())
                .distinct()
                .sorted()
                .forEach(kind ->
                        row(out, "GitHub calls per exchange: " + name(kind), warm -> number(3, calls(warm, kind))));
        row(out, "issuer calls", warm -> Long.toString(warm.issuer()));
        row(out, "processors used by others", Report::others);
        row(out, "errors", warm -> Long.toString(warm.load().errors()));
        results.warm()
                .forEach(warm -> warm.load().firstError().ifPresent(error -> out.println("  first error: " + error)));
        out.printf(
                "%nOne RS256-2048 signature on this JVM: %s us CPU (%s).%n",
                number(0, micros(results.signature())),
                String.join(
                        ", ",
                        results.signatureNanos().stream()
                                .map(nanos -> number(0, micros(nanos)))
                                .toList()));
        cold(out);
        out.printf(
                "%nMemory of the service (RSS, MB): idle %s, loaded %s, at most %s. Ready after %d ms.%n",
                megabytes(results.memory().idle()),
                megabytes(results.memory().loaded()),
                megabytes(results.memory().most()),
                results.start().toMillis());
    }

    private void cold(PrintStream out) {
        out.printf("%nCold exchanges, with GitHub %d ms away:%n", results.plan().delayMillis());
        for (var cold : results.cold()) {
            out.printf(
                    "  %-44s %d calls in %d rounds, %d ms, of which %d ms beyond GitHub's%n",
                    cold.what(),
                    cold.calls().size(),
                    cold.rounds(),
                    cold.elapsed().toMillis(),
                    cold.beyond().toMillis());
            out.println("    " + String.join(", ", names(cold.calls())));
        }
    }

    private void row(PrintStream out, String name, Function<Results.Warm, String> value) {
        out.printf("  %-40s", name);
        results.warm().forEach(warm -> out.printf(" %16s", value.apply(warm)));
        out.println();
    }

    private static double calls(Results.Warm warm, CallKind kind) {
        return warm.perExchange(warm.github().getOrDefault(kind, 0L));
    }

    private static String others(Results.Warm warm) {
        return warm.others().isPresent() ? number(0, 100 * warm.others().getAsDouble()) + " %" : "unknown";
    }

    /** The same numbers, with their units in the names. */
    String json() {
        var warm = Json.createArrayBuilder();
        results.warm().forEach(one -> warm.add(json(one)));
        var cold = Json.createArrayBuilder();
        results.cold().forEach(one -> cold.add(json(one)));
        var memory = results.memory();
        var whole = Json.createObjectBuilder()
                .add("jdk", Runtime.version().toString())
                .add("processors", Runtime.getRuntime().availableProcessors())
                .add("repositories", results.plan().repositories())
                .add("ready_millis", results.start().toMillis())
                .add("signature_cpu_micros", micros(results.signature()))
                .add("warm", warm)
                .add("github_delay_millis", results.plan().delayMillis())
                .add("cold", cold)
                .add("rss_idle_bytes", orNull(memory.idle()))
                .add("rss_loaded_bytes", orNull(memory.loaded()))
                .add("rss_most_bytes", orNull(memory.most()));
        return pretty(whole.build());
    }

    private JsonObjectBuilder json(Results.Warm warm) {
        var latency = Json.createObjectBuilder();
        for (double percentile : PERCENTILES) {
            latency.add(name(percentile), millis(warm, percentile));
        }
        var calls = Json.createObjectBuilder();
        warm.github().forEach((kind, count) -> calls.add(name(kind), warm.perExchange(count)));
        var others = warm.others();
        return Json.createObjectBuilder()
                .add(
                        "processors_used_by_others",
                        others.isPresent() ? Json.createValue(others.getAsDouble()) : JsonValue.NULL)
                .add("connections", warm.load().connections())
                .add("exchanges", warm.load().exchanges())
                .add("errors", warm.load().errors())
                .add("exchanges_per_second", warm.load().perSecond())
                .add("latency_millis", latency)
                .add("cpu_micros_per_exchange", micros(warm.cpuNanosPerExchange()))
                .add("signatures_per_exchange", inSignatures(warm))
                .add("github_calls_per_exchange", calls)
                .add("issuer_calls", warm.issuer());
    }

    private static JsonObjectBuilder json(ColdStart cold) {
        return Json.createObjectBuilder()
                .add("what", cold.what())
                .add("github_calls", Json.createArrayBuilder(names(cold.calls())))
                .add("github_rounds", cold.rounds())
                .add("millis", millis(cold.elapsed()))
                .add("beyond_github_millis", millis(cold.beyond()));
    }

    static String pretty(JsonValue json) {
        var text = new StringWriter();
        try (var writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.write(json);
        }
        return text.append('\n').toString().stripLeading();
    }

    static JsonValue orNull(OptionalLong value) {
        return value.isPresent() ? Json.createValue(value.getAsLong()) : JsonValue.NULL;
    }

    static String megabytes(OptionalLong bytes) {
        return bytes.isPresent() ? number(0, bytes.getAsLong() / BYTES_PER_MB) : "unknown";
    }

    private double inSignatures(Results.Warm warm) {
        return warm.cpuNanosPerExchange() / results.signature();
    }

    private static double millis(Results.Warm warm, double percentile) {
        return warm.load().latency().getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }

    private static double micros(double nanos) {
        return nanos / NANOS_PER_MICRO;
    }

    private static String name(double percentile) {
        return percentile == 100 ? "max" : "p" + (int) percentile;
    }

    private static List<String> names(List<CallKind> kinds) {
        return kinds.stream().map(Report::name).toList();
    }

    private static String name(CallKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String number(int decimals, double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
