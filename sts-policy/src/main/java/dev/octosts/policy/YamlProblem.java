package dev.octosts.policy;

import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A YAML reader's complaint in words that say what to do. */
final class YamlProblem {
    private static final int MAX_LENGTH = 300;
    private static final Pattern CONFLICT = Pattern.compile("(?m)^<{7} ");

    private static final Map<String, String> ADVICE = Map.of(
            "\\t(TAB)", "indent with blanks, YAML takes no tabs",
            "mapping values are not allowed",
                    "put a value that has \": \" in it into single quotes, and check the indentation",
            "unexpected end of stream", "a quote is opened and never closed",
            "undefined alias", "put a value that starts with * into single quotes",
            "unexpected character found", "put a value that starts with * or & into single quotes",
            "could not find expected ':'", "write a colon and a blank behind the key",
            "expected <block end>",
                    "put a value that starts with [, { or a quote into single quotes as a whole, and check the indentation",
            "expected ',' or", "close the bracket, or put the value into single quotes");

    private YamlProblem() {}

    static void tell(MarkedYAMLException problem, String file, Faults faults) {
        Mark mark = problem.getProblemMark();
        Position point = mark == null ? Position.START : Position.of(mark);
        String found = problem.getProblem();
        if (found == null) {
            faults.at(point, DiagnosticCode.NOT_YAML, "not YAML");
        } else if (found.startsWith("found unknown escape character")) {
            faults.at(
                    point,
                    DiagnosticCode.BAD_ESCAPE,
                    "not YAML: a backslash in double quotes starts an escape sequence; use single quotes for a pattern");
        } else if (CONFLICT.matcher(file).find()) {
            faults.at(point, DiagnosticCode.NOT_YAML, "not YAML: a merge conflict is left in the file; resolve it");
        } else if (found.contains("another document")) {
            faults.at(point, DiagnosticCode.SECOND_DOCUMENT, "a second document starts here; a policy file has one");
        } else {
            faults.at(point, DiagnosticCode.NOT_YAML, "not YAML: " + explain(found) + advice(found));
        }
    }

    /** The reader quotes names from the file, which may have a megabyte. */
    private static String explain(String found) {
        String line = found.replaceAll("\\s+", " ");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
    }

    private static String advice(String found) {
        for (Map.Entry<String, String> each : ADVICE.entrySet()) {
            if (found.contains(each.getKey())) {
                return "; " + each.getValue();
            }
        }
        return "";
    }
}
