package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file's contents as maps, lists and texts, read with the same care as a policy.
 *
 * @param value {@link java.util.Map}, {@link List} or {@link String}; empty when there is none
 * @param faults in file order; empty when the file could be read
 */
public record YamlData(Optional<Object> value, List<Fault> faults) {
    /** A few lines of aliases can ask for billions of values. */
    private static final int MAX_VALUES = 50_000;

    public YamlData {
        faults = List.copyOf(faults);
    }

    /** Reads a file of at most 1 MiB. */
    public static YamlData read(byte[] file) {
        var faults = new Faults();
        Node root = YamlFile.root(file, faults);
        Optional<Object> value = root == null ? Optional.empty() : new Converter(faults).value(root);
        return new YamlData(faults.isEmpty() ? value : Optional.empty(), faults.inFileOrder());
    }

    private static final class Converter {
        private final Faults faults;
        private final YamlReader reader;
        private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
        private int values;

        Converter(Faults faults) {
            this.faults = faults;
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
            return List.copyOf(list);
        }
    }
}
