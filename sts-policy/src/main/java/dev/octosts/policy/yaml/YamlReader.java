package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.GoQuoted;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads mappings, lists and texts of a file; what has another form becomes a fault. */
public final class YamlReader {
    /** The types of plain YAML add nothing to a text; any other type asks for something that is not done here. */
    private static final Set<Tag> PLAIN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MERGE, Tag.SEQ, Tag.MAP);

    /** Other names that people use for the keys of files about issuers and grants. */
    private static final Map<String, String> ALSO_CALLED = Map.of(
            "trusted_issuers", "issuers",
            "allowed_issuers", "issuers",
            "trusted_token_issuers", "issuers",
            "patterns", "issuer_patterns",
            "issuers_patterns", "issuer_patterns",
            "deny_permissions", "denied_permissions",
            "permissions", "max_permissions");

    private final Faults faults;

    /**
     * A reader of one file.
     *
     * @param faults what collects the faults
     */
    public YamlReader(Faults faults) {
        this.faults = faults;
    }

    /** A key of a mapping with its value. */
    public record SourceEntry(ScalarNode key, Node value) {
        public String name() {
            return key.getValue();
        }
    }

    /** Whether the value is not given, or a plain null. */
    public static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** Whether the node has no explicit type, or one of plain YAML; otherwise there is a fault about it. */
    public boolean hasPlainType(Node node) {
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

    /** The text of a node that is one word of a few; other nodes have a description instead, which is no word. */
    public String word(Node node) {
        hasPlainType(node);
        return node instanceof ScalarNode scalar ? scalar.getValue() : "a list or a mapping";
    }

    /**
     * The entries of a mapping by key, those of its merge keys after its own.
     *
     * @see <a href="https://yaml.org/type/merge.html">Merge keys</a>
     */
    public Collection<SourceEntry> entries(MappingNode mapping) {
        var merge = new Merge();
        merge.add(mapping);
        return merge.byName.values();
    }

    /** Passes on each entry of a mapping whose key is known; any other key is a fault. */
    public void entries(MappingNode mapping, List<String> keys, Consumer<SourceEntry> each) {
        hasPlainType(mapping);
        for (SourceEntry entry : entries(mapping)) {
            if (keys.contains(entry.name())) {
                each.accept(entry);
            } else {
                String found = "unknown key " + GoQuoted.of(entry.name());
                Optional<String> meant = Optional.ofNullable(ALSO_CALLED.get(entry.name()))
                        .filter(keys::contains)
                        .or(() -> DidYouMean.to(entry.name(), keys));
                String advice =
                        meant.map("; did you mean %s?"::formatted).orElse("; known are " + String.join(", ", keys));
                faults.at(entry.key(), DiagnosticCode.UNKNOWN_KEY, found + advice, meant);
            }
        }
    }

    /** Passes on each text of a list; a plain null in its place counts as no list. */
    public void texts(SourceEntry entry, int most, Consumer<ScalarNode> each) {
        items(entry, most, "a list of texts", item -> {
            if (item instanceof ScalarNode text && !isNull(item)) {
                hasPlainType(item);
                each.accept(text);
            } else {
                faults.at(item, DiagnosticCode.LIST_WANTED, entry.name() + " must be a list of texts");
            }
        });
    }

    /**
     * Passes on each item of a list; a plain null in its place counts as no list.
     *
     * @param most how many items it may have
     * @param wanted the list in a sentence
     */
    public void items(SourceEntry entry, int most, String wanted, Consumer<Node> each) {
        if (isNull(entry.value())) {
            return;
        }
        if (!(entry.value() instanceof SequenceNode list)) {
            faults.at(entry.value(), DiagnosticCode.LIST_WANTED, "%s must be %s".formatted(entry.name(), wanted));
            return;
        }
        hasPlainType(list);
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

    /** The entries of one mapping while they are collected. */
    private final class Merge {
        /** Merged mappings can merge further ones by alias, so a few lines can ask for billions of steps. */
        private static final int MAX_MERGED = 10_000;

        /** A mapping that merges itself has no end, and each level takes a part of the stack. */
        private static final int MAX_LEVELS = 64;

        private final Map<String, SourceEntry> byName = new LinkedHashMap<>();
        private int merged;
        private int level;

        private void add(MappingNode mapping) {
            var own = new HashMap<String, ScalarNode>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && !isNull(key)) {
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
                hasPlainType(entry.key());
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
                            each,
                            DiagnosticCode.TOO_COMPLEX,
                            "merge keys more than %d levels deep".formatted(MAX_LEVELS));
                    return;
                } else {
                    level++;
                    add(mapping);
                    level--;
                }
            }
        }
    }
}
