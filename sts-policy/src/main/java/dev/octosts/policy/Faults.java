package dev.octosts.policy;

import java.util.List;
import java.util.TreeSet;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with a file. The same fault is kept once, however many aliases lead to it. */
final class Faults {
    private static final int MAX_FAULTS = 1000;

    private final TreeSet<Fault> found = new TreeSet<>();

    void at(Node node, String message) {
        at(node.getStartMark(), message);
    }

    void at(Mark mark, String message) {
        at(mark.getLine() + 1, mark.getColumn() + 1, message);
    }

    void at(int line, int column, String message) {
        add(new Fault(line, column, message));
    }

    void add(Fault fault) {
        if (found.size() < MAX_FAULTS) {
            found.add(fault);
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Fault> inFileOrder() {
        return List.copyOf(found);
    }
}
