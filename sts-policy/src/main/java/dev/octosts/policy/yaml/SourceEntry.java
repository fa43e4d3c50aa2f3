package dev.octosts.policy.yaml;

import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A key of a mapping with its value. */
public record SourceEntry(ScalarNode key, Node value) {
    public String name() {
        return key.getValue();
    }
}
