package dev.octosts.exchange.spi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules of the operator that stop callers, as they are at one moment. Immutable. */
public final class DenyRules {

    /** No rule: nobody is stopped. */
    public static final DenyRules NONE = new DenyRules(true, List.of());

    /** Nobody knows which rules there are, so nobody may get a token. */
    public static final DenyRules UNKNOWN = new DenyRules(false, List.of());

    private final boolean known;
    private final int size;
    private final Map<String, List<DenyRule>> ofOwners = new HashMap<>();
    private final List<DenyRule> ofAnyOwner = new ArrayList<>();

    private DenyRules(boolean known, List<DenyRule> rules) {
        this.known = known;
        this.size = rules.size();
        for (DenyRule rule : rules) {
            if (rule.target().owner().isEmpty()) {
                ofAnyOwner.add(rule);
            } else {
                ofOwners.computeIfAbsent(rule.target().owner(), owner -> new ArrayList<>())
                        .add(rule);
            }
        }
    }

    /** These rules. A rule without any part is left out: it would stop everybody. */
    public static DenyRules of(List<DenyRule> rules) {
        var meant = rules.stream().filter(rule -> !rule.isEmpty()).toList();
        return meant.isEmpty() ? NONE : new DenyRules(true, meant);
    }

    /** Whether it is known which rules there are. */
    public boolean areKnown() {
        return known;
    }

    /** Whether there is no rule. */
    public boolean areNone() {
        return size == 0;
    }

    /** How many rules there are. */
    public int size() {
        return size;
    }

    /** How many of them are in force: those whose end has not come. */
    public int inForce(Instant now) {
        return (int) Stream.concat(
                        ofAnyOwner.stream(), ofOwners.values().stream().flatMap(List::stream))
                .filter(rule ->
                        rule.expiresAt().filter(end -> !end.isAfter(now)).isEmpty())
                .count();
    }

    /** The first rule that stops a request. */
    public Optional<DenyRule> find(DenyRule.CheckedRequest request, Instant now) {
        Optional<DenyRule> ofOwner = find(ofOwners.getOrDefault(request.target().owner(), List.of()), request, now);
        return ofOwner.isPresent() ? ofOwner : find(ofAnyOwner, request, now);
    }

    private static Optional<DenyRule> find(List<DenyRule> rules, DenyRule.CheckedRequest request, Instant now) {
        for (DenyRule rule : rules) {
            if (rule.stops(request, now)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
