package dev.octosts.policy;

import dev.octosts.policy.text.Nearest;
import dev.octosts.policy.text.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Mappings whose keys are known. */
final class Mappings {
    private Mappings() {}

    /** Hands on each entry whose key is known; any other key is a fault. */
    static void each(MappingNode mapping, List<String> keys, Faults faults, Consumer<Entry> each) {
        Tags.check(mapping, faults);
        for (Entry entry : Entries.of(mapping, faults)) {
            if (keys.contains(entry.name())) {
                each.accept(entry);
            } else {
                String found = "unknown key " + Quoted.of(entry.name());
                Optional<String> meant = Nearest.to(entry.name(), keys);
                String advice =
                        meant.map("; did you mean %s?"::formatted).orElse("; known are " + String.join(", ", keys));
                faults.at(entry.key(), DiagnosticCode.UNKNOWN_KEY, found + advice, meant);
            }
        }
    }
}
