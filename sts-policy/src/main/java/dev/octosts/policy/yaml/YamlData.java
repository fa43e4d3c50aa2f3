package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file's contents as maps, lists and texts, read with the same care as a policy.
 *
 * @param value {@link java.util.Map}, {@link List} or {@link String}; empty when there is none
 * @param faults in file order; empty when the file could be read
 * @param places where the maps and lists of the value are in the file
 */
public record YamlData(Optional<Object> value, List<Fault> faults, Places places) {
    /** A few lines of aliases can ask for billions of values. */
    private static final int MAX_VALUES = 50_000;

    public YamlData {
        faults = List.copyOf(faults);
    }

    /** Reads a file of at most 1 MiB. */
    public static YamlData read(byte[] file) {
        var faults = new Faults();
        Node root = YamlFile.root(file, faults);
        var places = new Places();
        Optional<Object> value = root == null ? Optional.empty() : new Converter(faults, places).value(root);
        return new YamlData(faults.isEmpty() ? value : Optional.empty(), faults.inFileOrder(), places);
    }

    /** Where maps and lists are in their file. Two maps or lists that are equal have a place each. */
    public static final class Places {
        private final IdentityHashMap<Object, Node> nodes = new IdentityHashMap<>();

        private Places() {}

        /**
         * The place of a map or a list, or the start of the file for every other object.
         *
         * @param part a map or a list of the file
         */
        public FaultLocation of(Object part) {
            Node node = nodes.get(part);
            return node == null ? FaultLocation.at(Position.START) : Faults.location(node);
        }

        /** The place of a key in a map, or of the map when the key came by a merge. */
        public FaultLocation ofKey(Map<?, ?> map, Object key) {
            return tuple(map, key)
                    .map(tuple -> Faults.location(tuple.getKeyNode()))
                    .orElseGet(() -> of(map));
        }

        /**
         * The place of what a map has under a key, or of the map when there is none of this name or it came by a merge.
         */
        public FaultLocation ofValue(Map<?, ?> map, Object key) {
            return tuple(map, key)
                    .map(tuple -> Faults.location(tuple.getValueNode()))
                    .orElseGet(() -> of(map));
        }

        private Optional<NodeTuple> tuple(Map<?, ?> map, Object key) {
            return nodes.get(map) instanceof MappingNode mapping
                    ? mapping.getValue().stream()
                            .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                                    && name.getValue().equals(key))
                            .findFirst()
                    : Optional.empty();
        }
    }

    private static final class Converter {
        private final Faults faults;
        private final YamlReader reader;
        private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Places places;
        private int values;

        Converter(Faults faults, Places places) {
            this.faults = faults;
            this.places = places;
            this.reader = new YamlReader(faults);
        }

        Optional<Object> value(Node node) {
            if (++values > MAX_VALUES || !open.add(node)) {
                faults.at(node, DiagnosticCode.TOO_COMPLEX, "aliases ask for more values than a file may have");
                return Optional.empty();
            }
            reader.hasPlainType(node);
            Optional<Object> value = switch (node) {
                case MappingNode mapping -> Optional.of(map(mapping));
                case SequenceNode list -> Optional.of(list(list));
                case ScalarNode scalar when !YamlReader.isNull(scalar) -> Optional.of(scalar.getValue());
                default -> Optional.empty();
            };
            open.remove(node);
            value.filter(part -> !(part instanceof String)).ifPresent(part -> places.nodes.put(part, node));
            return value;
        }

        private Object map(MappingNode mapping) {
            var map = new LinkedHashMap<String, Object>();
            for (YamlReader.SourceEntry entry : reader.entries(mapping)) {
                value(entry.value()).ifPresent(value -> map.put(entry.name(), value));
            }
            return Collections.unmodifiableMap(map);
        }

        private Object list(SequenceNode nodes) {
            var list = new ArrayList<Object>();
            nodes.getValue().forEach(node -> value(node).ifPresent(list::add));
            return Collections.unmodifiableList(list); // a copy of an empty list would be shared
        }
    }
}
