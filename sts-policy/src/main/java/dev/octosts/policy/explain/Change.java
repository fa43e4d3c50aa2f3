package dev.octosts.policy.explain;

import java.util.List;

/**
 * The smallest change of a policy that would accept a token.
 *
 * @param lines of the changed policy, in YAML; a line that has to be removed is a comment
 * @param warnings why that may be too broad; empty when there is no such reason
 */
public record Change(List<String> lines, List<String> warnings) {
    public Change {
        lines = List.copyOf(lines);
        warnings = List.copyOf(warnings);
    }
}
