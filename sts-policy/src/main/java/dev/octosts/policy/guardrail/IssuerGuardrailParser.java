package dev.octosts.policy.guardrail;

import dev.octosts.policy.Formats;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.pattern.TextPattern;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.Lists;
import dev.octosts.policy.yaml.Mappings;
import dev.octosts.policy.yaml.PatternBudget;
import dev.octosts.policy.yaml.SourceEntry;
import dev.octosts.policy.yaml.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the requirements that guard rails have for one issuer's tokens. */
final class IssuerGuardrailParser {
    static final List<String> KEYS = List.of("issuer", "issuer_pattern", "owners", "subjects", "required_claims");
    private static final int MAX_TEXTS = 256;

    private final Faults faults;
    private final PatternBudget patterns;
    private final TreeSet<String> owners = new TreeSet<>();
    private final List<TextPattern> subjects = new ArrayList<>();
    private final TreeSet<String> claims = new TreeSet<>();
    private @Nullable SourceEntry exact;
    private @Nullable SourceEntry pattern;

    private IssuerGuardrailParser(Faults faults, PatternBudget patterns) {
        this.faults = faults;
        this.patterns = patterns;
    }

    /** Empty when there are faults. */
    static Optional<IssuerGuardrail> read(Node node, Faults faults, PatternBudget patterns) {
        if (!(node instanceof MappingNode mapping)) {
            faults.at(node, DiagnosticCode.MAPPING_WANTED, "an entry of issuers must be a mapping with issuer in it");
            return Optional.empty();
        }
        int before = faults.count();
        var parser = new IssuerGuardrailParser(faults, patterns);
        Mappings.each(mapping, KEYS, faults, parser::entry);
        return faults.count() > before ? Optional.empty() : parser.rail(mapping);
    }

    private void entry(SourceEntry entry) {
        switch (entry.name()) {
            case "issuer" -> exact = text(entry);
            case "issuer_pattern" -> pattern = text(entry);
            case "owners" -> Lists.texts(entry, MAX_TEXTS, faults, this::owner);
            case "subjects" ->
                Lists.texts(
                        entry,
                        MAX_TEXTS,
                        faults,
                        text -> patterns.compile(text.getValue(), text, "the pattern")
                                .ifPresent(subjects::add));
            default -> Lists.texts(entry, MAX_TEXTS, faults, claim -> claims.add(claim.getValue()));
        }
    }

    private Optional<IssuerGuardrail> rail(MappingNode node) {
        Optional<Predicate<String>> issuer = issuer(node);
        if (issuer.isPresent() && owners.isEmpty() && subjects.isEmpty() && claims.isEmpty()) {
            String found = "nothing is asked of this issuer; give owners, subjects or required_claims";
            faults.at(node, DiagnosticCode.NO_RULE, found);
        }
        return issuer.map(about -> new IssuerGuardrail(about, owners, subjects, claims));
    }

    private Optional<Predicate<String>> issuer(MappingNode node) {
        if (exact != null && pattern != null) {
            String found = "both issuer and issuer_pattern are given; only one is possible";
            faults.at(pattern.key(), DiagnosticCode.EXCLUSIVE_KEYS, found);
            return Optional.empty();
        }
        if (exact != null) {
            return exact((ScalarNode) exact.value());
        }
        if (pattern != null) {
            return patterns.compile(((ScalarNode) pattern.value()).getValue(), pattern.value(), "the pattern")
                    .map(compiled -> compiled::matches);
        }
        String found = "neither issuer nor issuer_pattern is given; exactly one is needed";
        faults.at(node, DiagnosticCode.MISSING_KEY, found);
        return Optional.empty();
    }

    private Optional<Predicate<String>> exact(ScalarNode written) {
        if (Formats.isIssuer(written.getValue())) {
            return Optional.of(written.getValue()::equals);
        }
        faults.at(
                written,
                DiagnosticCode.BAD_ISSUER,
                "%s is no issuer: an https address without query and fragment is expected"
                        .formatted(GoQuoted.of(written.getValue())));
        return Optional.empty();
    }

    private @Nullable SourceEntry text(SourceEntry entry) {
        if (Lists.isNull(entry.value())) {
            return null;
        }
        if (!(entry.value() instanceof ScalarNode)) {
            faults.at(entry.value(), DiagnosticCode.TEXT_WANTED, entry.name() + " must be one text");
        }
        Tags.check(entry.value(), faults);
        return entry;
    }

    private void owner(ScalarNode written) {
        String owner = written.getValue();
        if (GitHubNames.isOwner(owner)) {
            owners.add(owner.toLowerCase(Locale.ROOT));
        } else {
            faults.at(
                    written,
                    DiagnosticCode.BAD_OWNER,
                    "no account is named %s; write its login alone".formatted(GoQuoted.of(owner)));
        }
    }
}
