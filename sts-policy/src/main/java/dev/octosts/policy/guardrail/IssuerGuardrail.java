package dev.octosts.policy.guardrail;

import dev.octosts.policy.Formats;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.guardrail.Guardrails.GuardrailCheck;
import dev.octosts.policy.guardrail.Guardrails.GuardrailRule;
import dev.octosts.policy.pattern.TextPattern;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.PatternBudget;
import dev.octosts.policy.yaml.YamlReader;
import dev.octosts.policy.yaml.YamlReader.SourceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The requirements on the tokens of an issuer, and on the policies that accept them.
 *
 * @param issuer which issuer
 * @param owners values of the claim {@code repository_owner} in lower case; empty when any will do
 * @param subjects patterns; the whole subject must match one of them; empty when any subject will do
 * @param claims that the policy has to check
 */
record IssuerGuardrail(Predicate<String> issuer, Set<String> owners, List<TextPattern> subjects, Set<String> claims) {
    /** The keys of an entry of {@code issuers}. */
    static final List<String> KEYS = List.of("issuer", "issuer_pattern", "owners", "subjects", "required_claims");

    private static final String OWNER = "repository_owner";

    IssuerGuardrail {
        owners = Set.copyOf(owners);
        subjects = List.copyOf(subjects);
        claims = Set.copyOf(claims);
    }

    boolean isAbout(GuardedGrant grant) {
        return issuer.test(grant.claims().issuer());
    }

    /** Reads an entry of {@code issuers}; empty when there are faults. */
    static Optional<IssuerGuardrail> read(Node node, Faults faults, PatternBudget patterns) {
        if (!(node instanceof MappingNode mapping)) {
            faults.at(node, DiagnosticCode.MAPPING_WANTED, "an entry of issuers must be a mapping with issuer in it");
            return Optional.empty();
        }
        int before = faults.count();
        var parser = new Parser(faults, patterns);
        parser.reader.entries(mapping, KEYS, parser::entry);
        return faults.count() > before ? Optional.empty() : parser.rail(mapping);
    }

    /** Applies each requirement that there is. */
    List<GuardrailCheck> checks(GuardedGrant grant) {
        var checks = new ArrayList<GuardrailCheck>();
        if (!owners.isEmpty()) {
            checks.add(GuardrailCheck.of(GuardrailRule.OWNERS, ownerFault(grant)));
        }
        if (!subjects.isEmpty()) {
            checks.add(GuardrailCheck.of(GuardrailRule.SUBJECTS, subjectFault(grant)));
        }
        if (!claims.isEmpty()) {
            checks.add(GuardrailCheck.of(GuardrailRule.REQUIRED_CLAIMS, claimFault(grant)));
        }
        return checks;
    }

    private String ownerFault(GuardedGrant grant) {
        return switch (grant.claims().all().get(OWNER)) {
            case String owner ->
                owners.contains(owner.toLowerCase(Locale.ROOT)) ? "" : "the token's repository_owner is " + owner;
            case null, default -> "the token does not name its repository_owner";
        };
    }

    private String subjectFault(GuardedGrant grant) {
        String subject = grant.claims().subject();
        return subjects.stream().anyMatch(pattern -> pattern.matches(subject))
                ? ""
                : "the token's subject is " + subject;
    }

    private String claimFault(GuardedGrant grant) {
        var missing = new StringJoiner(", ");
        claims.stream()
                .sorted()
                .filter(claim -> !grant.policy().decisiveClaims().contains(claim))
                .forEach(missing::add);
        return missing.length() == 0 ? "" : "the policy does not check " + missing;
    }

    /** Reads one entry. */
    private static final class Parser {
        private static final int MAX_TEXTS = 256;

        private final Faults faults;
        private final YamlReader reader;
        private final PatternBudget patterns;
        private final TreeSet<String> owners = new TreeSet<>();
        private final List<TextPattern> subjects = new ArrayList<>();
        private final TreeSet<String> claims = new TreeSet<>();
        private @Nullable SourceEntry exact;
        private @Nullable SourceEntry pattern;

        private Parser(Faults faults, PatternBudget patterns) {
            this.faults = faults;
            this.reader = new YamlReader(faults);
            this.patterns = patterns;
        }

        private void entry(SourceEntry entry) {
            switch (entry.name()) {
                case "issuer" -> exact = text(entry);
                case "issuer_pattern" -> pattern = text(entry);
                case "owners" -> reader.texts(entry, MAX_TEXTS, this::owner);
                case "subjects" ->
                    reader.texts(
                            entry,
                            MAX_TEXTS,
                            text -> patterns.compile(text.getValue(), text, "the pattern")
                                    .ifPresent(subjects::add));
                default -> reader.texts(entry, MAX_TEXTS, claim -> claims.add(claim.getValue()));
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
            if (YamlReader.isNull(entry.value())) {
                return null;
            }
            if (!(entry.value() instanceof ScalarNode)) {
                faults.at(entry.value(), DiagnosticCode.TEXT_WANTED, entry.name() + " must be one text");
            }
            reader.hasPlainType(entry.value());
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
}
