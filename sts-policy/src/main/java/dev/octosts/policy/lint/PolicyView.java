package dev.octosts.policy.lint;

import dev.octosts.policy.PolicyKeys;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.pattern.PatternFault;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.yaml.YamlSource;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A policy file as it is written, as far as it can be read. Lint rules read it. */
final class PolicyView {
    private static final String PATTERN = "_pattern";
    /** As long as a pattern can be; exact values that tokens have are shorter. */
    private static final int MAX_TEXT = 4096;

    private final FileContext context;
    private final List<YamlSource> entries;
    private final List<YamlSource> tooLong;
    private final String text;
    private final Map<String, Optional<PatternShape>> shapes = new HashMap<>();

    PolicyView(byte[] file, FileContext context) {
        this.context = context;
        List<YamlSource> all = YamlSource.in(file);
        this.tooLong = all.stream().filter(PolicyView::isTooLong).toList();
        this.entries = tooLong.isEmpty()
                ? all
                : all.stream().filter(entry -> !isTooLong(entry)).toList();
        String decoded = new String(file, StandardCharsets.UTF_8);
        this.text = decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
    }

    /** Entries that no rule looks at, because looking for mistakes in them would take seconds. */
    List<YamlSource> tooLong() {
        return tooLong;
    }

    private static boolean isTooLong(YamlSource entry) {
        return entry.text().length() > MAX_TEXT || entry.name().length() > MAX_TEXT;
    }

    FileContext context() {
        return context;
    }

    /** The file's text without byte order mark. */
    String text() {
        return text;
    }

    boolean isOrganization() {
        return context.kind() == PolicyKind.ORGANIZATION;
    }

    /** The entry at the top with that key. */
    Optional<YamlSource> entry(String name) {
        return below("").stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** The text at the top with that key, unless it is empty. */
    Optional<YamlSource> value(String name) {
        return entry(name).filter(entry -> entry.isText() && !entry.text().isEmpty());
    }

    Optional<YamlSource> entryWithKey(FaultLocation key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    Optional<YamlSource> entryWithValue(FaultLocation value) {
        return entries.stream().filter(entry -> entry.value().equals(value)).findFirst();
    }

    /** The text at a place. */
    String slice(FaultLocation place) {
        int start = text.offsetByCodePoints(0, place.start().offset());
        return text.substring(
                start,
                text.offsetByCodePoints(
                        start, place.end().offset() - place.start().offset()));
    }

    List<YamlSource> below(String section) {
        return entries.stream().filter(entry -> entry.section().equals(section)).toList();
    }

    /** Everything that is a pattern. */
    List<YamlSource> patterns() {
        return entries.stream()
                .filter(YamlSource::isText)
                .filter(entry -> entry.section().equals("claim_pattern")
                        || (entry.section().isEmpty()
                                && entry.name().endsWith(PATTERN)
                                && PolicyKeys.TEXTS.contains(entry.name())))
                .toList();
    }

    /** Empty when the text is no pattern. */
    Optional<PatternShape> shape(YamlSource pattern) {
        return shapes.computeIfAbsent(pattern.text(), PolicyView::parse);
    }

    /** The possible values of the issuer, subject or audience; empty when the policy has no such rule. */
    Optional<AcceptedValues> values(String name) {
        Optional<YamlSource> pattern = value(name + PATTERN);
        if (pattern.isPresent()) {
            return pattern.flatMap(
                    written -> shape(written).map(shape -> new AcceptedValues(written, Optional.of(shape))));
        }
        return value(name).map(PolicyView::exact);
    }

    /** The possible values of the subject: one text, the values that match one pattern, or each of several texts. */
    List<AcceptedValues> subjects() {
        List<AcceptedValues> several = below("subjects").stream()
                .filter(item -> item.isText() && !item.text().isEmpty())
                .map(PolicyView::exact)
                .toList();
        return several.isEmpty() ? values("subject").stream().toList() : several;
    }

    /** The possible values of a claim; empty when the policy does not ask for the claim. */
    Optional<AcceptedValues> claim(String name) {
        Optional<AcceptedValues> pattern = below("claim_pattern").stream()
                .filter(claim -> claim.name().equals(name) && claim.isText())
                .findFirst()
                .flatMap(written -> shape(written).map(shape -> new AcceptedValues(written, Optional.of(shape))));
        return exactClaim(name).or(() -> pattern);
    }

    /** Each value that is accepted for an entry of {@code claim}. */
    List<YamlSource> accepted(YamlSource claim) {
        return claim.isText()
                ? List.of(claim)
                : below("claim." + claim.name()).stream()
                        .filter(YamlSource::isText)
                        .toList();
    }

    private Optional<AcceptedValues> exactClaim(String name) {
        return below("claim").stream()
                .filter(claim -> claim.name().equals(name) && !accepted(claim).isEmpty())
                .findFirst()
                .flatMap(claim -> either(claim, accepted(claim)));
    }

    private static Optional<AcceptedValues> either(YamlSource claim, List<YamlSource> accepted) {
        if (accepted.size() == 1) {
            return Optional.of(exact(accepted.getFirst()));
        }
        String pattern =
                accepted.stream().map(each -> Patterns.escape(each.text())).collect(Collectors.joining("|", "(", ")"));
        return parse(pattern).map(shape -> new AcceptedValues(claim, Optional.of(shape)));
    }

    static AcceptedValues exact(YamlSource written) {
        return new AcceptedValues(written, Optional.empty());
    }

    Platform provider() {
        return values("issuer").map(Platform::of).orElse(Platform.OTHER);
    }

    /** Whether the grant has a level above read. */
    boolean writes() {
        return below("permissions").stream().anyMatch(PolicyView::isWrite);
    }

    static boolean isWrite(YamlSource permission) {
        return permission.text().equals("write") || permission.text().equals("admin");
    }

    private static Optional<PatternShape> parse(String pattern) {
        try {
            return Optional.of(PatternShape.of(pattern));
        } catch (PatternFault _) {
            return Optional.empty();
        }
    }
}
