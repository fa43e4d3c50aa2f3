package dev.octosts.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules of {@code promtool check metrics}, for text in Prometheus' exposition format.
 *
 * @see <a href="https://prometheus.io/docs/practices/naming/">Prometheus: metric and label naming</a>
 */
final class PrometheusLint {

    private static final Pattern SAMPLE = Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)(\\{.*})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][A-Z]");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "summary", "histogram");
    private static final Set<String> PARTS = Set.of("_bucket", "_count", "_sum");
    private static final Set<String> ABBREVIATIONS =
            Set.of("s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d");
    private static final Set<String> BASE_UNITS =
            Set.of("amperes", "bytes", "celsius", "grams", "joules", "kelvin", "meters", "metres", "seconds", "volts");
    private static final Set<String> OTHER_UNITS = Set.of(
            "minutes",
            "hours",
            "days",
            "weeks",
            "kelvins",
            "fahrenheit",
            "rankine",
            "inches",
            "yards",
            "miles",
            "bits",
            "calories",
            "pounds",
            "ounces");
    private static final List<String> PREFIXES = List.of(
            "pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "kibi", "mega", "mebi", "mibi",
            "giga", "gibi", "tera", "tebi", "peta", "pebi");

    private final Map<String, String> helps = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Set<String>> labels = new LinkedHashMap<>();
    private final Set<String> series = new LinkedHashSet<>();
    private final Set<String> problems = new TreeSet<>();

    private PrometheusLint() {}

    /** What is wrong with the metrics, each with the name of the metric; empty when nothing is. */
    static List<String> problems(String exposition) {
        var lint = new PrometheusLint();
        exposition.lines().filter(line -> !line.isEmpty()).forEach(lint::line);
        lint.labels.keySet().forEach(lint::metric);
        return List.copyOf(lint.problems);
    }

    /** The names of the metrics in the order of the text. */
    static List<String> names(String exposition) {
        var lint = new PrometheusLint();
        exposition.lines().filter(line -> !line.isEmpty()).forEach(lint::line);
        return List.copyOf(lint.labels.keySet());
    }

    private void line(String line) {
        var words = line.split(" ", 4);
        if (line.startsWith("# HELP ")) {
            once(helps, words[2], words.length < 4 ? "" : words[3], "HELP");
        } else if (line.startsWith("# TYPE ")) {
            once(types, words[2], words[3], "TYPE");
        } else if (!line.startsWith("#")) {
            sample(line);
        }
    }

    private void once(Map<String, String> known, String name, String value, String kind) {
        if (known.put(name, value) != null) {
            problems.add(name + ": a second " + kind + " line");
        }
        if (labels.containsKey(name)) {
            problems.add(name + ": its " + kind + " line comes after a sample");
        }
    }

    private void sample(String line) {
        var sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            problems.add("no sample: " + line);
            return;
        }
        String braces = sample.group(2) == null ? "" : sample.group(2);
        String name = family(sample.group(1));
        var names = labels.computeIfAbsent(name, _ -> new TreeSet<>());
        LABEL.matcher(braces).results().map(found -> found.group(1)).forEach(names::add);
        if (!series.add(sample.group(1) + braces)) {
            problems.add(name + ": the same series twice: " + braces);
        }
    }

    /** The metric that a sample belongs to: a histogram and a summary have several names. */
    private String family(String sample) {
        return PARTS.stream()
                .filter(sample::endsWith)
                .map(part -> sample.substring(0, sample.length() - part.length()))
                .filter(name -> Set.of("histogram", "summary").contains(types.getOrDefault(name, "")))
                .findFirst()
                .orElse(sample);
    }

    private void metric(String name) {
        String type = types.getOrDefault(name, "");
        check(helps.getOrDefault(name, "").isBlank(), name, "no help text");
        check(!TYPES.contains(type), name, "no type");
        boolean counter = type.equals("counter");
        check(counter && !name.endsWith("_total"), name, "counter metrics should have \"_total\" suffix");
        check(!counter && name.endsWith("_total"), name, "non-counter metrics should not have \"_total\" suffix");
        check(!type.equals("gauge") && name.endsWith("_timestamp_seconds"), name, "a timestamp is a gauge");
        boolean distribution = type.equals("histogram") || type.equals("summary");
        check(!type.equals("histogram") && name.endsWith("_bucket"), name, "non-histogram with \"_bucket\" suffix");
        check(!distribution && name.endsWith("_count"), name, "non-histogram and non-summary with \"_count\" suffix");
        check(!distribution && name.endsWith("_sum"), name, "non-histogram and non-summary with \"_sum\" suffix");
        check(!type.equals("histogram") && has(name, "le"), name, "non-histogram with \"le\" label");
        check(!type.equals("summary") && has(name, "quantile"), name, "non-summary with \"quantile\" label");
        check(name.contains(":"), name, "metric names should not contain ':'");
        check(
                Stream.concat(Stream.of(name), labels.getOrDefault(name, Set.of()).stream())
                        .anyMatch(each -> CAMEL_CASE.matcher(each).find()),
                name,
                "names should be written in 'snake_case' not 'camelCase'");
        words(name);
    }

    private boolean has(String name, String label) {
        return labels.getOrDefault(name, Set.of()).contains(label);
    }

    private void words(String name) {
        var words = new ArrayList<>(List.of(name.split("_")));
        words.stream()
                .filter(PrometheusLint::isNoBaseUnit)
                .forEach(unit -> problems.add(name + ": use base unit " + unit));
        words.removeFirst();
        check(words.stream().anyMatch(TYPES::contains), name, "the name includes a type");
        check(words.stream().anyMatch(ABBREVIATIONS::contains), name, "the name has an abbreviated unit");
    }

    private static boolean isNoBaseUnit(String word) {
        return OTHER_UNITS.contains(word)
                || PREFIXES.stream()
                        .filter(word::startsWith)
                        .map(prefix -> word.substring(prefix.length()))
                        .anyMatch(unit -> BASE_UNITS.contains(unit) || OTHER_UNITS.contains(unit));
    }

    private void check(boolean wrong, String name, String problem) {
        if (wrong) {
            problems.add(name + ": " + problem);
        }
    }
}
