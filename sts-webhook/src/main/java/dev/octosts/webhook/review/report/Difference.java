package dev.octosts.webhook.review.report;

import dev.octosts.policy.Level;
import dev.octosts.policy.PolicyDocument;
import dev.octosts.policy.TrustPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two versions of a policy, for the callers that it accepts. It does not calculate whether one
 * pattern covers another. Where more values could match, it reports a wider policy, because a reviewer must not miss
 * that.
 */
public final class Difference {

    private final PolicyDocument before;
    private final PolicyDocument now;
    private final List<Item> items = new ArrayList<>();

    private Difference(PolicyDocument before, PolicyDocument now) {
        this.before = before;
        this.now = now;
    }

    /** The direction of a change. */
    enum Direction {
        WIDER,
        OTHER,
        NARROWER
    }

    /**
     * One difference.
     *
     * @param direction which way it goes
     * @param text Markdown that says what was before and what is now
     */
    record Item(Direction direction, String text) {}

    /** The differences between two policies. Those that make it wider come first. */
    static List<Item> between(TrustPolicy before, TrustPolicy now) {
        var difference = new Difference(before.document(), now.document());
        difference.rule("issuer");
        difference.subjects();
        difference.audience();
        difference.claims();
        difference.exactClaims();
        difference.permissions(before.grant().permissions(), now.grant().permissions());
        difference.repositories();
        difference.text("app");
        difference.text("app_pattern");
        difference.items.sort((one, other) -> one.direction().compareTo(other.direction()));
        return List.copyOf(difference.items);
    }

    private void add(Direction direction, String text) {
        items.add(new Item(direction, text));
    }

    private void rule(String key) {
        Optional<String> exactBefore = Optional.ofNullable(before.texts().get(key));
        Optional<String> exactNow = Optional.ofNullable(now.texts().get(key));
        if (exactBefore.isPresent() && exactNow.isPresent()) {
            if (!exactBefore.equals(exactNow)) {
                add(Direction.OTHER, "%s was %s, is %s".formatted(key, code(exactBefore), code(exactNow)));
            }
            return;
        }
        Optional<String> patternBefore = Optional.ofNullable(before.texts().get(key + "_pattern"));
        Optional<String> patternNow = Optional.ofNullable(now.texts().get(key + "_pattern"));
        if (exactBefore.isPresent() && patternNow.isPresent()) {
            add(
                    Direction.WIDER,
                    "%s was %s alone, is whatever matches %s".formatted(key, code(exactBefore), code(patternNow)));
        } else if (patternBefore.isPresent() && exactNow.isPresent()) {
            add(
                    Direction.NARROWER,
                    "%s was whatever matches %s, is %s alone".formatted(key, code(patternBefore), code(exactNow)));
        } else if (!patternBefore.equals(patternNow)) {
            add(
                    Direction.WIDER,
                    "%s was whatever matches %s, is whatever matches %s (it may match more)"
                            .formatted(key, code(patternBefore), code(patternNow)));
        }
    }

    /** Compares a list with a list. A list against a single subject or a pattern is reported as it is. */
    private void subjects() {
        if (before.subjects().isEmpty() && now.subjects().isEmpty()) {
            rule("subject");
            return;
        }
        var was = before.subjects().isEmpty() ? single(before) : before.subjects();
        var is = now.subjects().isEmpty() ? single(now) : now.subjects();
        if (before.subjectPattern() != null || now.subjectPattern() != null) {
            add(
                    before.subjectPattern() == null ? Direction.WIDER : Direction.NARROWER,
                    "subject was %s, is %s".formatted(subject(before, was), subject(now, is)));
            return;
        }
        is.stream()
                .filter(subject -> !was.contains(subject))
                .forEach(subject -> add(Direction.WIDER, "new subject " + Markdown.code(subject)));
        was.stream()
                .filter(subject -> !is.contains(subject))
                .forEach(subject -> add(Direction.NARROWER, "no subject " + Markdown.code(subject) + " any more"));
    }

    private static List<String> single(PolicyDocument document) {
        return document.subject() == null ? List.of() : List.of(document.subject());
    }

    private static String subject(PolicyDocument document, List<String> named) {
        return document.subjectPattern() == null
                ? "one of " + codes(named)
                : "whatever matches " + Markdown.code(document.subjectPattern());
    }

    private static String codes(List<String> texts) {
        return texts.stream().map(Markdown::code).collect(Collectors.joining(", "));
    }

    private void exactClaims() {
        before.claim().forEach((name, was) -> {
            List<String> is = now.claim().getOrDefault(name, List.of());
            if (is.isEmpty()) {
                add(
                        Direction.WIDER,
                        "claim %s had to be %s, is not compared any more".formatted(Markdown.code(name), codes(was)));
                return;
            }
            is.stream()
                    .filter(value -> !was.contains(value))
                    .forEach(value -> add(
                            Direction.WIDER,
                            "claim %s may also be %s".formatted(Markdown.code(name), Markdown.code(value))));
            was.stream()
                    .filter(value -> !is.contains(value))
                    .forEach(value -> add(
                            Direction.NARROWER,
                            "claim %s may not be %s any more".formatted(Markdown.code(name), Markdown.code(value))));
        });
        now.claim().forEach((name, is) -> {
            if (!before.claim().containsKey(name)) {
                add(Direction.NARROWER, "claim %s has to be %s".formatted(Markdown.code(name), codes(is)));
            }
        });
    }

    private void audience() {
        boolean given = before.audience() != null || before.audiencePattern() != null;
        boolean isGiven = now.audience() != null || now.audiencePattern() != null;
        if (given && isGiven) {
            rule("audience");
        } else if (given) {
            add(Direction.OTHER, "audience was given, is the service's own domain");
        } else if (now.audiencePattern() != null) {
            add(
                    Direction.WIDER,
                    "audience was the service's own domain, is whatever matches "
                            + Markdown.code(now.audiencePattern()));
        } else if (now.audience() != null) {
            add(Direction.OTHER, "audience was the service's own domain, is " + Markdown.code(now.audience()));
        }
    }

    private void claims() {
        before.claimPattern().forEach((name, pattern) -> {
            String is = now.claimPattern().get(name);
            if (is == null) {
                add(
                        Direction.WIDER,
                        "claim %s had to match %s, is not looked at any more"
                                .formatted(Markdown.code(name), Markdown.code(pattern)));
            } else if (!is.equals(pattern)) {
                add(
                        Direction.WIDER,
                        "claim %s had to match %s, has to match %s (it may match more)"
                                .formatted(Markdown.code(name), Markdown.code(pattern), Markdown.code(is)));
            }
        });
        now.claimPattern().forEach((name, pattern) -> {
            if (!before.claimPattern().containsKey(name)) {
                add(
                        Direction.NARROWER,
                        "claim %s has to match %s".formatted(Markdown.code(name), Markdown.code(pattern)));
            }
        });
    }

    private void permissions(SortedMap<String, Level> had, SortedMap<String, Level> has) {
        has.forEach((name, level) -> {
            Level was = had.get(name);
            if (was == null) {
                add(Direction.WIDER, "new permission " + permission(name, level));
            } else if (was != level) {
                add(
                        level.compareTo(was) > 0 ? Direction.WIDER : Direction.NARROWER,
                        "permission was %s, is %s".formatted(permission(name, was), permission(name, level)));
            }
        });
        had.forEach((name, level) -> {
            if (!has.containsKey(name)) {
                add(Direction.NARROWER, "no longer " + permission(name, level));
            }
        });
    }

    private static String permission(String name, Level level) {
        return Markdown.code(name + ": " + level.wireName());
    }

    private void repositories() {
        Set<String> had = new LinkedHashSet<>(before.repositories());
        Set<String> has = new LinkedHashSet<>(now.repositories());
        if (had.equals(has)) {
            return;
        }
        if (has.isEmpty()) {
            add(Direction.WIDER, "every repository of the installation, was " + names(had));
        } else if (had.isEmpty()) {
            add(Direction.NARROWER, "only %s, was every repository of the installation".formatted(names(has)));
        } else {
            Set<String> added = new LinkedHashSet<>(has);
            added.removeAll(had);
            Set<String> removed = new LinkedHashSet<>(had);
            removed.removeAll(has);
            if (!added.isEmpty()) {
                add(Direction.WIDER, "also in " + names(added));
            }
            if (!removed.isEmpty()) {
                add(Direction.NARROWER, "no longer in " + names(removed));
            }
        }
    }

    private void text(String key) {
        String had = before.texts().get(key);
        String has = now.texts().get(key);
        if (!Objects.equals(had, has)) {
            add(Direction.OTHER, "%s was %s, is %s".formatted(key, orNone(had), orNone(has)));
        }
    }

    private static String orNone(@Nullable String text) {
        return text == null ? "not given" : Markdown.code(text);
    }

    private static String code(Optional<String> text) {
        return Markdown.code(text.orElse(""));
    }

    /** Some names, and the number of the others. */
    public static String names(Set<String> names) {
        int shown = 20;
        String text = names.stream().limit(shown).map(Markdown::code).collect(Collectors.joining(", "));
        return names.size() <= shown ? text : text + " and " + (names.size() - shown) + " more";
    }

    /** The permissions of a policy in one line. */
    static String permissions(Map<String, Level> permissions) {
        return permissions.entrySet().stream()
                .map(entry -> permission(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
