package dev.octosts.exchange.issuer;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The issuers of the operator's file. Immutable: a changed file makes a new object. */
public final class ConfiguredIssuers {
    static final ConfiguredIssuers NONE = new ConfiguredIssuers(Map.of());

    private final Map<String, ConfiguredIssuer> byIssuer;

    ConfiguredIssuers(Map<String, ConfiguredIssuer> byIssuer) {
        this.byIssuer = Map.copyOf(byIssuer);
    }

    @Nullable
    public ConfiguredIssuer find(String issuer) {
        return byIssuer.get(issuer);
    }

    int size() {
        return byIssuer.size();
    }

    /** The issuers that were added, removed or changed. */
    Set<String> changedSince(ConfiguredIssuers before) {
        return Stream.concat(byIssuer.keySet().stream(), before.byIssuer.keySet().stream())
                .filter(issuer -> !definition(issuer).equals(before.definition(issuer)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String definition(String issuer) {
        ConfiguredIssuer known = find(issuer);
        return known == null ? "" : known.definition();
    }
}
