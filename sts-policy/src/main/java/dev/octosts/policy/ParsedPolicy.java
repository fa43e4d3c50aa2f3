package dev.octosts.policy;

import dev.octosts.policy.yaml.SourceEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** The readable contents of a file, before its meaning is checked. {@link PolicyParser} fills it. */
final class ParsedPolicy {
    final Node root;
    /** Entries with one text, as far as it is not empty. */
    final Map<String, SourceEntry> texts = new LinkedHashMap<>();

    final Map<String, SourceEntry> claims = new LinkedHashMap<>();
    final Map<String, List<SourceEntry>> exactClaims = new LinkedHashMap<>();
    final List<SourceEntry> subjects = new ArrayList<>();
    final Map<String, Level> permissions = new TreeMap<>();
    final List<String> repositories = new ArrayList<>();
    /** Keys that are given but unusable. Their faults are known, so they do not count as missing. */
    final Set<String> broken = new HashSet<>();

    ParsedPolicy(Node root) {
        this.root = root;
    }

    @Nullable
    SourceEntry text(String key) {
        return texts.get(key);
    }
}
