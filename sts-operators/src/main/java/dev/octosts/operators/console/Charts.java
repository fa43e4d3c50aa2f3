package dev.octosts.operators.console;

import dev.octosts.operators.Traffic.Minute;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Small charts, drawn as SVG. What they show is also in words: as titles, or as a table. */
final class Charts {

    private static final int WIDTH = 600;
    private static final int HEIGHT = 120;

    private Charts() {}

    /** One bar for each minute, with a part for each way in which exchanges end. */
    static Html exchanges(List<Minute> minutes) {
        long most = Math.max(1, minutes.stream().mapToLong(Charts::all).max().orElse(0));
        var svg = begin("Exchanges in each minute of the last hour, at most " + most);
        double width = (double) WIDTH / minutes.size();
        for (int at = 0; at < minutes.size(); at++) {
            Minute minute = minutes.get(at);
            if (all(minute) == 0) {
                continue;
            }
            svg.open("g").put("title", words(minute));
            double base = HEIGHT;
            base = part(svg, "granted", at * width, width, base, minute.granted(), most);
            base = part(svg, "refused", at * width, width, base, minute.refused(), most);
            part(svg, "failed", at * width, width, base, minute.failed(), most);
            svg.close("g");
        }
        return svg.close("svg");
    }

    private static double part(Html svg, String kind, double x, double width, double base, long count, long most) {
        double height = (double) HEIGHT * count / most;
        if (count > 0) {
            svg.open(
                            "rect",
                            "class",
                            kind,
                            "x",
                            number(x + 1),
                            "y",
                            number(base - height),
                            "width",
                            number(width - 2),
                            "height",
                            number(height))
                    .close("rect");
        }
        return base - height;
    }

    private static String words(Minute minute) {
        return Times.text(minute.begin()) + ": " + minute.granted() + " granted, " + minute.refused() + " refused, "
                + minute.failed() + " failed";
    }

    private static long all(Minute minute) {
        return minute.granted() + minute.refused() + minute.failed();
    }

    /** Two lines: the usual latency, and the slow one. */
    static Html latency(List<Minute> minutes) {
        long most =
                Math.max(1, minutes.stream().mapToLong(Minute::slowMillis).max().orElse(0));
        return begin("Latency in each minute of the last hour: the median, and the 99th percentile, at most " + most
                        + " ms")
                .add(line("median", minutes, Minute::medianMillis, most))
                .add(line("slow", minutes, Minute::slowMillis, most))
                .close("svg");
    }

    private static Html line(String kind, List<Minute> minutes, ToLongFunction<Minute> value, long most) {
        var points = new StringBuilder();
        double width = (double) WIDTH / minutes.size();
        for (int at = 0; at < minutes.size(); at++) {
            points.append(number((at + 0.5) * width))
                    .append(',')
                    .append(number(HEIGHT - 2 - (HEIGHT - 4.0) * value.applyAsLong(minutes.get(at)) / most))
                    .append(' ');
        }
        return new Html()
                .open("polyline", "class", kind, "points", points.toString().strip())
                .close("polyline");
    }

    /** A row for each name, with a bar as long as its number. */
    static Html rows(Map<String, Long> numbers, String of, String counted) {
        long most = Math.max(
                1, numbers.values().stream().mapToLong(Long::longValue).max().orElse(0));
        var table = new Html().open("table").open("thead").open("tr");
        table.put("th", of, "scope", "col")
                .put("th", counted, "scope", "col", "class", "number")
                .put("th", "");
        table.close("tr").close("thead").open("tbody");
        numbers.forEach((name, count) -> table.open("tr")
                .put("th", name, "scope", "row")
                .put("td", Long.toString(count), "class", "number")
                .open("td", "class", "bar")
                .add(share(count, most, "refused"))
                .close("td")
                .close("tr"));
        return table.close("tbody").close("table");
    }

    /** A bar as long as a part of a whole. */
    static Html share(long part, long whole, String kind) {
        double width = whole <= 0 ? 0 : 100.0 * Math.clamp(part, 0, whole) / whole;
        return new Html()
                .open(
                        "svg",
                        "class",
                        "share",
                        "viewBox",
                        "0 0 100 8",
                        "preserveAspectRatio",
                        "none",
                        "aria-hidden",
                        "true")
                .open("rect", "class", "whole", "width", "100", "height", "8")
                .close("rect")
                .open("rect", "class", kind, "width", number(width), "height", "8")
                .close("rect")
                .close("svg");
    }

    private static Html begin(String words) {
        return new Html()
                .open(
                        "svg",
                        "class",
                        "chart",
                        "viewBox",
                        "0 0 " + WIDTH + " " + HEIGHT,
                        "preserveAspectRatio",
                        "none",
                        "role",
                        "img",
                        "aria-label",
                        words);
    }

    /** One digit behind the point, whatever the language of the machine. */
    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + Math.abs(tenths % 10);
    }
}
