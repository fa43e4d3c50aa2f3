package dev.octosts.policy;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A YAML reader's complaint in words that say what to do. */
final class YamlProblem {
    private static final int MAX_LENGTH = 300;

    private YamlProblem() {}

    static void tell(MarkedYAMLException problem, Faults faults) {
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
        } else if (found.contains("another document")) {
            faults.at(point, DiagnosticCode.SECOND_DOCUMENT, "a second document starts here; a policy file has one");
        } else {
            faults.at(point, DiagnosticCode.NOT_YAML, "not YAML: " + explain(found) + advice(found));
        }
    }

    /** The reader quotes names from the file, which may have a megabyte. */
    private static String explain(String found) {
        return found.length() > MAX_LENGTH ? found.substring(0, MAX_LENGTH) + "…" : found;
    }

    private static String advice(String found) {
        if (found.contains("'\\t(TAB)'") || found.contains("'\\t'")) {
            return "; indent with blanks, YAML takes no tabs";
        }
        if (found.contains("mapping values are not allowed")) {
            return "; put a value that has \": \" in it into single quotes, and check the indentation";
        }
        if (found.contains("unexpected end of stream")) {
            return "; a quote is opened and never closed";
        }
        if (found.contains("alias")) {
            return "; put a value that starts with * into single quotes";
        }
        return "";
    }
}
