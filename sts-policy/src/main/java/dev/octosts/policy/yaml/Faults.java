package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Position;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects the faults of a file. The same fault is kept once, however many aliases lead to it. */
public final class Faults {
    private static final int MAX_FAULTS = 1000;

    private final TreeSet<Fault> found = new TreeSet<>();

    public void at(Node node, DiagnosticCode code, String message) {
        at(node, code, message, Optional.empty());
    }

    public void at(Node node, DiagnosticCode code, String message, Optional<String> replacement) {
        var place = location(node);
        add(new Fault(code, place, message, replacement));
    }

    /** The place of a node. */
    static FaultLocation location(Node node) {
        return new FaultLocation(position(node.getStartMark()), position(node.getEndMark()));
    }

    /** The place of SnakeYAML's mark, which counts from 0. */
    static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1, mark.getIndex());
    }

    public void at(Position point, DiagnosticCode code, String message) {
        add(new Fault(code, FaultLocation.at(point), message));
    }

    public void add(Fault fault) {
        if (found.size() < MAX_FAULTS) {
            found.add(fault);
        }
    }

    public int count() {
        return found.size();
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Fault> inFileOrder() {
        return List.copyOf(found);
    }
}
