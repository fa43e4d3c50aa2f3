package dev.octosts.policy.lint;

import java.util.List;

/**
 * The smallest change of a policy that would accept a token.
 *
 * @param lines of the policy as they would have to be, in YAML; a line that would have to go is a comment
 * @param warnings why that may be too broad; empty when nothing speaks against it
 */
public record Change(List<String> lines, List<String> warnings) {
    public Change {
        lines = List.copyOf(lines);
        warnings = List.copyOf(warnings);
    }
}
