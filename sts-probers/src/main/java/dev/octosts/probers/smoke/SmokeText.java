package dev.octosts.probers.smoke;

import jakarta.json.Json;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a report of smoke tests for people, for programs, and for tools that show test results. */
public final class SmokeText {

    private static final double MILLIS = 1_000.0;

    private SmokeText() {}

    /** One test: a line, and one more for each fault. */
    public static String line(SmokeTests.Report.Result result) {
        var text = new StringBuilder("%-6s  %7.3f s  %s"
                .formatted(result.isPassed() ? "passed" : "FAILED", seconds(result.took()), result.name()));
        result.faults().forEach(fault -> text.append("\n        ").append(fault));
        return text.toString();
    }

    /** A summary in one line. */
    public static String summary(SmokeTests.Report report) {
        long failed =
                report.results().stream().filter(result -> !result.isPassed()).count();
        return "%d tests of %s, %d failed".formatted(report.results().size(), report.domain(), failed);
    }

    /** The report as one JSON object. */
    public static String json(SmokeTests.Report report) {
        var tests = Json.createArrayBuilder();
        report.results().forEach(result -> {
            var test = Json.createObjectBuilder()
                    .add("name", result.name())
                    .add("passed", result.isPassed())
                    .add("seconds", seconds(result.took()))
                    .add("faults", Json.createArrayBuilder(result.faults()));
            result.requestId().ifPresent(id -> test.add("request_id", id));
            tests.add(test);
        });
        return Json.createObjectBuilder()
                .add("domain", report.domain())
                .add("passed", report.isPassed())
                .add("tests", tests)
                .build()
                .toString();
    }

    /** The report as JUnit's XML, which CI systems read. */
    public static String junit(SmokeTests.Report report) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            write(report, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a string takes every document", impossible);
        }
        return text.toString();
    }

    private static void write(SmokeTests.Report report, XMLStreamWriter xml) throws XMLStreamException {
        var all = report.results().stream().map(SmokeTests.Report.Result::took).reduce(Duration.ZERO, Duration::plus);
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "smoke tests of " + printable(report.domain()));
        xml.writeAttribute("tests", Integer.toString(report.results().size()));
        xml.writeAttribute(
                "failures",
                Long.toString(report.results().stream()
                        .filter(result -> !result.isPassed())
                        .count()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute("time", time(all));
        for (var result : report.results()) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", "smoke");
            xml.writeAttribute("name", printable(result.name()));
            xml.writeAttribute("time", time(result.took()));
            if (!result.isPassed()) {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", printable(result.faults().getFirst()));
                xml.writeCharacters(printable(String.join("\n", result.faults())));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML has no form for other characters, not even an escaped one. */
    private static String printable(String text) {
        return text.replaceAll("[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", " ");
    }

    private static double seconds(Duration took) {
        return took.toMillis() / MILLIS;
    }

    private static String time(Duration took) {
        return String.format(Locale.ROOT, "%.3f", seconds(took));
    }
}
