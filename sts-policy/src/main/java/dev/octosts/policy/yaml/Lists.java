package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the items of lists. */
public final class Lists {
    private Lists() {}

    /** Reads each text of a list; a plain null in its place counts as no list. */
    public static void texts(SourceEntry entry, int most, Faults faults, Consumer<ScalarNode> each) {
        nodes(entry, most, "a list of texts", faults, item -> {
            if (item instanceof ScalarNode text && !isNull(item)) {
                Tags.check(item, faults);
                each.accept(text);
            } else {
                faults.at(item, DiagnosticCode.LIST_WANTED, entry.name() + " must be a list of texts");
            }
        });
    }

    /** Reads each item of a list; a plain null in its place counts as no list. */
    public static void nodes(SourceEntry entry, int most, String wanted, Faults faults, Consumer<Node> each) {
        if (isNull(entry.value())) {
            return;
        }
        if (!(entry.value() instanceof SequenceNode list)) {
            faults.at(entry.value(), DiagnosticCode.LIST_WANTED, "%s must be %s".formatted(entry.name(), wanted));
            return;
        }
        Tags.check(list, faults);
        if (list.getValue().size() > most) {
            faults.at(
                    entry.key(),
                    DiagnosticCode.TOO_MANY_ENTRIES,
                    "%s has %d entries; at most %d are allowed"
                            .formatted(entry.name(), list.getValue().size(), most));
            return;
        }
        list.getValue().forEach(each);
    }

    public static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
