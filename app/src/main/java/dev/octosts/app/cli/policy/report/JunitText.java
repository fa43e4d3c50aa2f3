package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.test.PolicyTests;
import java.util.List;

/**
 * Writes results for CI systems: the XML format of JUnit, in ASCII. Not with the JDK's XMLStreamWriter: it leaves line
 * breaks in attributes as they are, which readers turn into blanks, and {@code ##[}, which CI systems obey in a log.
 */
public final class JunitText {

    private final StringBuilder text = new StringBuilder();

    private JunitText() {}

    public static String of(List<TestResults> tested) {
        var xml = new JunitText();
        xml.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        xml.line("<testsuites name=\"policy tests\"%s>"
                .formatted(counts(
                        tested.stream().mapToLong(file -> file.results().size()).sum(),
                        tested.stream().mapToLong(TestResults::failures).sum())));
        tested.forEach(xml::suite);
        xml.line("</testsuites>");
        return xml.text.toString();
    }

    private void suite(TestResults file) {
        line("  <testsuite name=\"%s\"%s>"
                .formatted(escaped(file.file()), counts(file.results().size(), file.failures())));
        file.results().forEach(result -> testCase(file.file(), result));
        line("  </testsuite>");
    }

    private void testCase(String file, PolicyTests.Result result) {
        var head = "    <testcase classname=\"%s\" name=\"%s\"".formatted(escaped(file), escaped(result.name()));
        if (result.passed()) {
            line(head + "/>");
            return;
        }
        line(head + ">");
        line("      <failure message=\"%s\"/>".formatted(escaped(result.message())));
        line("    </testcase>");
    }

    private static String counts(long tests, long failures) {
        return " tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\"".formatted(tests, failures);
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }

    /** XML has no way to write most control characters, nor halves of surrogate pairs. */
    private static String escaped(String value) {
        var escaped = new StringBuilder();
        value.codePoints().forEach(c -> {
            boolean none = (c < ' ' && c != '\t' && c != '\n' && c != '\r')
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    || c == 0xfffe
                    || c == 0xffff;
            if (none) {
                escaped.append("&#xFFFD;");
            } else if (c < ' ' || c > '~' || "<>&\"'[".indexOf(c) >= 0) {
                escaped.append("&#x").append(Integer.toHexString(c)).append(';');
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
