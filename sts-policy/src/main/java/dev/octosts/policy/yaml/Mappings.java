package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.GoQuoted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads mappings whose keys are known; any other key is a fault. */
public final class Mappings {
    /** Other names that people use for the lists of issuers. */
    private static final Map<String, String> ALSO_CALLED = Map.of(
            "trusted_issuers", "issuers",
            "allowed_issuers", "issuers",
            "trusted_token_issuers", "issuers",
            "patterns", "issuer_patterns",
            "issuers_patterns", "issuer_patterns",
            "deny_permissions", "denied_permissions",
            "permissions", "max_permissions");

    private Mappings() {}

    /** Passes on each entry whose key is known; any other key is a fault. */
    public static void each(MappingNode mapping, List<String> keys, Faults faults, Consumer<SourceEntry> each) {
        Tags.check(mapping, faults);
        for (SourceEntry entry : Entries.of(mapping, faults)) {
            if (keys.contains(entry.name())) {
                each.accept(entry);
            } else {
                String found = "unknown key " + GoQuoted.of(entry.name());
                Optional<String> meant = Optional.ofNullable(ALSO_CALLED.get(entry.name()))
                        .filter(keys::contains)
                        .or(() -> DidYouMean.to(entry.name(), keys));
                String advice =
                        meant.map("; did you mean %s?"::formatted).orElse("; known are " + String.join(", ", keys));
                faults.at(entry.key(), DiagnosticCode.UNKNOWN_KEY, found + advice, meant);
            }
        }
    }
}
