package dev.octosts.policy;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A YAML reader's complaint in words that say what to do. */
final class YamlProblem {
    private static final int MAX_LENGTH = 300;

    private YamlProblem() {}

    static void tell(MarkedYAMLException problem, Faults faults) {
        Mark mark = problem.getProblemMark();
        if (mark == null) {
            faults.at(1, 1, explain(problem.getProblem()));
        } else {
            faults.at(mark, explain(problem.getProblem()));
        }
    }

    private static String explain(String found) {
        if (found == null) {
            return "not YAML";
        }
        if (found.startsWith("found unknown escape character")) {
            return "not YAML: a backslash in double quotes starts an escape sequence; use single quotes for a pattern";
        }
        if (found.contains("another document")) {
            return "a second document starts here; a policy file has one";
        }
        // The reader quotes names from the file, which may have a megabyte.
        return "not YAML: " + (found.length() > MAX_LENGTH ? found.substring(0, MAX_LENGTH) + "…" : found);
    }
}
