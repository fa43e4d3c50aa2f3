package dev.octosts.policy;

import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A YAML reader's complaint in words that say what to do. */
final class YamlProblem {
    private YamlProblem() {}

    static String explain(MarkedYAMLException problem) {
        String found = problem.getProblem();
        if (found == null) {
            return "not YAML";
        }
        if (found.startsWith("found unknown escape character")) {
            return "not YAML: a backslash in double quotes starts an escape sequence; use single quotes for a pattern";
        }
        return "not YAML: " + found;
    }
}
