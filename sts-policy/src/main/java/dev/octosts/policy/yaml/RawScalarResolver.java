package dev.octosts.policy.yaml;

import java.util.Set;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Resolves every scalar to the text that was written: {@code 0123} and {@code yes} are no number and no boolean here.
 */
final class RawScalarResolver extends Resolver {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    @Override
    protected void addImplicitResolvers() {
        // None: resolve() alone decides.
    }

    @Override
    public Tag resolve(NodeId kind, String value, boolean plain) {
        return switch (kind) {
            case scalar -> plain ? plain(value) : Tag.STR;
            case sequence -> Tag.SEQ;
            case mapping -> Tag.MAP;
            case anchor -> throw new IllegalArgumentException("an alias has no tag of its own");
        };
    }

    private static Tag plain(String value) {
        if (NULLS.contains(value)) {
            return Tag.NULL;
        }
        return value.equals("<<") ? Tag.MERGE : Tag.STR;
    }
}
