package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.text.GoQuoted;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The entries of a mapping by key, those of its merge keys after its own.
 *
 * @see <a href="https://yaml.org/type/merge.html">Merge keys</a>
 */
public final class Entries {
    /** Merged mappings can merge further ones by alias, so a few lines can ask for billions of steps. */
    private static final int MAX_MERGED = 10_000;

    /** A mapping that merges itself has no end, and each level takes a part of the stack. */
    private static final int MAX_LEVELS = 64;

    private final Map<String, SourceEntry> byName = new LinkedHashMap<>();
    private final Faults faults;
    private int merged;
    private int level;

    private Entries(Faults faults) {
        this.faults = faults;
    }

    public static Collection<SourceEntry> of(MappingNode mapping, Faults faults) {
        var entries = new Entries(faults);
        entries.add(mapping);
        return entries.byName.values();
    }

    private void add(MappingNode mapping) {
        var own = new HashMap<String, ScalarNode>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && !key.getTag().equals(Tag.NULL)) {
                addOnce(new SourceEntry(key, tuple.getValueNode()), own);
            } else {
                faults.at(tuple.getKeyNode(), DiagnosticCode.BAD_KEY, "a key must be text");
            }
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(tuple.getValueNode());
            }
        }
    }

    private void addOnce(SourceEntry entry, Map<String, ScalarNode> own) {
        ScalarNode first = own.putIfAbsent(entry.name(), entry.key());
        if (first != null) {
            int line = first.getStartMark().getLine() + 1;
            faults.at(
                    entry.key(),
                    DiagnosticCode.DUPLICATE_KEY,
                    "duplicate key %s, first given in line %d".formatted(GoQuoted.of(entry.name()), line));
        } else if (!entry.key().getTag().equals(Tag.MERGE)) {
            Tags.check(entry.key(), faults);
            byName.putIfAbsent(entry.name(), entry);
        }
    }

    private void merge(Node source) {
        List<Node> sources = source instanceof SequenceNode list ? list.getValue() : List.of(source);
        for (Node each : sources) {
            if (!(each instanceof MappingNode mapping)) {
                faults.at(each, DiagnosticCode.BAD_KEY, "a merge key takes a mapping or a list of mappings");
            } else if ((merged += 1 + mapping.getValue().size()) > MAX_MERGED) {
                faults.at(each, DiagnosticCode.TOO_COMPLEX, "more than %d merged entries".formatted(MAX_MERGED));
                return;
            } else if (level == MAX_LEVELS) {
                faults.at(
                        each, DiagnosticCode.TOO_COMPLEX, "merge keys more than %d levels deep".formatted(MAX_LEVELS));
                return;
            } else {
                level++;
                add(mapping);
                level--;
            }
        }
    }
}
