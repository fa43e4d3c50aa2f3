package dev.octosts.policy;

import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A key of a mapping with its value. */
record Entry(ScalarNode key, Node value) {
    String name() {
        return key.getValue();
    }
}
