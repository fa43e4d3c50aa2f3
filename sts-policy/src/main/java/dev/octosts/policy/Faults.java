package dev.octosts.policy;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Collects the faults of a file. The same fault is kept once, however many aliases lead to it. */
final class Faults {
    private static final int MAX_FAULTS = 1000;

    private final TreeSet<Fault> found = new TreeSet<>();

    void at(Node node, DiagnosticCode code, String message) {
        at(node, code, message, Optional.empty());
    }

    void at(Node node, DiagnosticCode code, String message, Optional<String> replacement) {
        var place = new Place(Position.of(node.getStartMark()), Position.of(node.getEndMark()));
        add(new Fault(code, place, message, replacement));
    }

    void at(Position point, DiagnosticCode code, String message) {
        add(new Fault(code, Place.at(point), message));
    }

    void add(Fault fault) {
        if (found.size() < MAX_FAULTS) {
            found.add(fault);
        }
    }

    int count() {
        return found.size();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Fault> inFileOrder() {
        return List.copyOf(found);
    }
}
