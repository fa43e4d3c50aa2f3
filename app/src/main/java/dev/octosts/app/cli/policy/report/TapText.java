package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.test.PolicyTests;
import dev.octosts.policy.text.JsonWriter;
import dev.octosts.policy.text.SafeText;
import java.util.List;

/**
 * Writes results for test harnesses.
 *
 * @see <a href="https://testanything.org/tap-version-14-specification.html">TAP 14</a>
 */
public final class TapText {

    private TapText() {}

    public static String of(List<TestResults> tested) {
        var text = new StringBuilder("TAP version 14").append(System.lineSeparator());
        int count = tested.stream().mapToInt(file -> file.results().size()).sum();
        text.append("1..").append(count).append(System.lineSeparator());
        int number = 0;
        for (TestResults file : tested) {
            for (PolicyTests.Result result : file.results()) {
                number++;
                text.append(result.passed() ? "ok " : "not ok ")
                        .append(number)
                        .append(" - ")
                        .append(escaped(file.file() + ": " + result.name()))
                        .append(System.lineSeparator());
                if (!result.passed()) {
                    details(text, result.message());
                }
            }
        }
        return text.toString();
    }

    /** A block of YAML; a text in JSON is also a text in YAML. */
    private static void details(StringBuilder text, String message) {
        for (String line : List.of("---", "message: " + JsonWriter.forBuilds(message, 0), "...")) {
            text.append("  ").append(line).append(System.lineSeparator());
        }
    }

    /** A # would begin a directive, such as one to skip the test. */
    private static String escaped(String text) {
        return SafeText.line(text).replace("\\", "\\\\").replace("#", "\\#");
    }
}
