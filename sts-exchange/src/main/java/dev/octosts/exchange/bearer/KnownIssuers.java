package dev.octosts.exchange.bearer;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The issuers of the operator's file. Immutable: a changed file makes a new object. */
final class KnownIssuers {
    static final KnownIssuers NONE = new KnownIssuers(Map.of());

    private final Map<String, KnownIssuer> byIssuer;

    KnownIssuers(Map<String, KnownIssuer> byIssuer) {
        this.byIssuer = Map.copyOf(byIssuer);
    }

    @Nullable
    KnownIssuer find(String issuer) {
        return byIssuer.get(issuer);
    }

    int size() {
        return byIssuer.size();
    }

    /** The issuers that were added, removed or changed. */
    Set<String> changedSince(KnownIssuers before) {
        return Stream.concat(byIssuer.keySet().stream(), before.byIssuer.keySet().stream())
                .filter(issuer -> !definition(issuer).equals(before.definition(issuer)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String definition(String issuer) {
        KnownIssuer known = find(issuer);
        return known == null ? "" : known.definition();
    }
}
