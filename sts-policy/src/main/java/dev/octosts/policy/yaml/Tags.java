package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.text.GoQuoted;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Checks explicit YAML types. The types of plain YAML add nothing to a text; any other type asks for something that is
 * not done here.
 */
public final class Tags {
    private static final Set<Tag> PLAIN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MERGE, Tag.SEQ, Tag.MAP);

    private Tags() {}

    /** Whether the node has a known type; otherwise there is a fault about it. */
    public static boolean check(Node node, Faults faults) {
        if (PLAIN.contains(node.getTag())) {
            return true;
        }
        faults.at(
                node,
                DiagnosticCode.TAG,
                "the tag %s is not supported; remove it"
                        .formatted(GoQuoted.of(node.getTag().getValue())));
        return false;
    }
}
