package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.FaultLocation;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One entry of a file, with its place and the form in which it is written.
 *
 * @param section the key above it; empty at the top
 * @param name its key; in a list the index
 * @param form what kind of value it has
 * @param text the value; empty unless it is a text
 * @param key the place of the key; in a list the place of the value
 * @param value the place of the value, quotes included
 */
public record YamlSource(String section, String name, Form form, String text, FaultLocation key, FaultLocation value) {
    private static final int MAX_DEPTH = 2;

    /** The form in which a value is written. */
    public enum Form {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        /** A literal or folded block. */
        BLOCK,
        NOTHING,
        LIST,
        MAPPING
    }

    /** Whether it has a text at all. */
    public boolean isText() {
        return switch (form) {
            case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, BLOCK -> true;
            case NOTHING, LIST, MAPPING -> false;
        };
    }

    /** Whether the entry is in a list. */
    public boolean isItem() {
        return key.equals(value);
    }

    /**
     * The entries of a file, two levels deep; the entries below an entry follow it. Also the values that {@code claim}
     * lists, whose section is {@code claim.} with the claim's name. None when the file is not a mapping in YAML.
     */
    public static List<YamlSource> in(byte[] file) {
        var entries = new ArrayList<YamlSource>();
        if (YamlFile.root(file, new Faults()) instanceof MappingNode root) {
            add(root, "", 1, entries);
        }
        return List.copyOf(entries);
    }

    private static void add(CollectionNode<?> parent, String section, int depth, List<YamlSource> entries) {
        for (Object child : parent.getValue()) {
            if (child instanceof NodeTuple tuple && tuple.getKeyNode() instanceof ScalarNode key) {
                add(section, key.getValue(), key, tuple.getValueNode(), entries);
                if (depth < MAX_DEPTH) {
                    below(tuple.getValueNode(), key.getValue(), depth, entries);
                } else if (section.equals("claim") && tuple.getValueNode() instanceof SequenceNode list) {
                    add(list, "claim." + key.getValue(), depth + 1, entries);
                }
            } else if (child instanceof Node item) {
                add(section, Integer.toString(entries.size()), item, item, entries);
            }
        }
    }

    private static void below(Node value, String section, int depth, List<YamlSource> entries) {
        if (value instanceof MappingNode || value instanceof SequenceNode) {
            add((CollectionNode<?>) value, section, depth + 1, entries);
        }
    }

    private static void add(String section, String name, Node key, Node value, List<YamlSource> entries) {
        String text = value instanceof ScalarNode scalar ? scalar.getValue() : "";
        entries.add(new YamlSource(section, name, form(value), text, place(key), place(value)));
    }

    private static FaultLocation place(Node node) {
        return Faults.location(node);
    }

    private static Form form(Node node) {
        return switch (node) {
            case MappingNode _ -> Form.MAPPING;
            case SequenceNode _ -> Form.LIST;
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> Form.NOTHING;
            case ScalarNode scalar ->
                switch (scalar.getScalarStyle()) {
                    case DOUBLE_QUOTED -> Form.DOUBLE_QUOTED;
                    case SINGLE_QUOTED -> Form.SINGLE_QUOTED;
                    case LITERAL, FOLDED, JSON_SCALAR_STYLE -> Form.BLOCK;
                    case PLAIN -> Form.PLAIN;
                };
            default -> Form.NOTHING;
        };
    }
}
