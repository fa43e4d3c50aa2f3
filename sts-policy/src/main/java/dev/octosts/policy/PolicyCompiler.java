package dev.octosts.policy;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.pattern.TextPattern;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.PatternBudget;
import dev.octosts.policy.yaml.YamlReader.SourceEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Checks the meaning of a policy file and builds the policy. */
final class PolicyCompiler {
    private final PolicyParser.ParsedPolicy draft;
    private final Faults faults;
    private final PatternBudget patterns;
    private final PatternBudget appPatterns;

    PolicyCompiler(PolicyParser.ParsedPolicy draft, Faults faults) {
        this.draft = draft;
        this.faults = faults;
        this.patterns = PatternBudget.ofPolicy(faults);
        this.appPatterns = PatternBudget.ofRules(faults);
    }

    /** Null when there are faults. */
    @Nullable
    TrustPolicy compile(int size) {
        Requirement issuer = required("issuer", Rule.Aspect.ISSUER);
        Requirement subject = draft.subjects.isEmpty() ? required("subject", Rule.Aspect.SUBJECT) : subjects();
        Requirement audience = optional("audience", Rule.Aspect.AUDIENCE);
        List<Requirement> claims = claims();
        AppSelector apps = apps();
        if (draft.permissions.isEmpty() && !draft.broken.contains("permissions")) {
            faults.at(
                    draft.root,
                    DiagnosticCode.NOTHING_GRANTED,
                    "nothing is granted: permissions must name at least one");
        }
        if (issuer == null || subject == null || draft.permissions.isEmpty() || !faults.isEmpty()) {
            return null;
        }
        var grant = new Grant(new TreeMap<>(draft.permissions), draft.repositories);
        var rules = new Rules(issuer, subject, audience, claims, grant);
        return new TrustPolicy(document(), rules, apps, patterns.weight() + appPatterns.weight() + 4 * size + 1000);
    }

    /** Any of several subjects. A single subject or a pattern must not be given in addition to them. */
    private Requirement subjects() {
        for (String other : List.of("subject", "subject_pattern")) {
            SourceEntry entry = draft.texts.get(other);
            if (entry != null) {
                faults.at(
                        entry.key(),
                        DiagnosticCode.EXCLUSIVE_KEYS,
                        "both subjects and %s are given; only one is possible".formatted(other));
            }
        }
        return exact(Rule.Aspect.SUBJECT, "subject", draft.subjects, new ClaimPath(List.of("sub")));
    }

    private static Requirement exact(Rule.Aspect aspect, String name, List<SourceEntry> values, ClaimPath path) {
        List<String> texts =
                values.stream().map(PolicyCompiler::text).distinct().toList();
        var rule = new Rule(aspect, name, false, texts.getFirst(), texts.subList(1, texts.size()));
        return Requirement.exact(rule, path);
    }

    private @Nullable Requirement required(String name, Rule.Aspect aspect) {
        String pattern = name + "_pattern";
        if (draft.texts.get(name) == null && draft.texts.get(pattern) == null && !isBroken(name)) {
            faults.at(
                    draft.root,
                    DiagnosticCode.MISSING_KEY,
                    "neither %s nor %s is given; exactly one is needed".formatted(name, pattern));
        }
        return optional(name, aspect);
    }

    private @Nullable Requirement optional(String name, Rule.Aspect aspect) {
        SourceEntry exact = draft.texts.get(name);
        SourceEntry pattern = onlyPattern(name);
        if (pattern != null) {
            return matching(new Rule(aspect, name, true, text(pattern)), pattern);
        }
        return exact == null ? null : Requirement.exact(new Rule(aspect, name, false, text(exact)));
    }

    /** The entry with a pattern for that name. It must not be given together with an exact value. */
    private @Nullable SourceEntry onlyPattern(String name) {
        SourceEntry pattern = draft.texts.get(name + "_pattern");
        if (pattern != null && draft.texts.get(name) != null) {
            faults.at(
                    pattern.key(),
                    DiagnosticCode.EXCLUSIVE_KEYS,
                    "both %s and %s_pattern are given; only one is possible".formatted(name, name));
        }
        return pattern;
    }

    private List<Requirement> claims() {
        var requirements = new ArrayList<Requirement>();
        for (SourceEntry entry : draft.claims.values()) {
            Requirement requirement = matching(new Rule(Rule.Aspect.CLAIM, entry.name(), true, text(entry)), entry);
            if (requirement != null) {
                requirements.add(requirement);
            }
        }
        draft.exactClaims.forEach((name, values) -> exactClaim(name, values).ifPresent(requirements::add));
        return requirements;
    }

    private Optional<Requirement> exactClaim(String name, List<SourceEntry> values) {
        Optional<ClaimPath> path = ClaimPath.of(name);
        if (path.isEmpty()) {
            faults.at(
                    values.getFirst().key(),
                    DiagnosticCode.BAD_KEY,
                    "%s is no JSON pointer; write ~0 for a ~ and ~1 for a / inside a name"
                            .formatted(GoQuoted.of(name)));
        }
        return path.map(place -> exact(Rule.Aspect.CLAIM, name, values, place));
    }

    private AppSelector apps() {
        SourceEntry pattern = onlyPattern("app");
        TextPattern compiled = pattern == null ? null : compiled(pattern, appPatterns);
        if (compiled != null) {
            return new AppSelector.Matching(compiled);
        }
        SourceEntry exact = draft.texts.get("app");
        return exact == null ? new AppSelector.Any() : new AppSelector.One(text(exact));
    }

    private @Nullable Requirement matching(Rule rule, SourceEntry entry) {
        TextPattern pattern = compiled(entry, patterns);
        return pattern == null ? null : new Requirement(rule, pattern);
    }

    /** Null when the text is not a pattern, or when the policy's earlier patterns are too large already. */
    private @Nullable TextPattern compiled(SourceEntry entry, PatternBudget budget) {
        return budget.compile(text(entry), entry.value(), "the pattern of " + GoQuoted.of(entry.name()))
                .orElse(null);
    }

    private PolicyDocument document() {
        var claim = new LinkedHashMap<String, List<String>>();
        draft.exactClaims.forEach((name, values) ->
                claim.put(name, values.stream().map(PolicyCompiler::text).toList()));
        return new PolicyDocument(
                texts(draft.texts),
                texts(draft.claims),
                draft.subjects.stream().map(PolicyCompiler::text).toList(),
                claim,
                levels(),
                draft.repositories);
    }

    private Map<String, String> levels() {
        var levels = new LinkedHashMap<String, String>();
        draft.permissions.forEach((name, level) -> levels.put(name, level.wireName()));
        return levels;
    }

    private static Map<String, String> texts(Map<String, SourceEntry> entries) {
        var texts = new LinkedHashMap<String, String>();
        entries.forEach((name, entry) -> texts.put(name, text(entry)));
        return texts;
    }

    private boolean isBroken(String name) {
        return draft.broken.contains(name) || draft.broken.contains(name + "_pattern");
    }

    private static String text(SourceEntry entry) {
        return ((ScalarNode) entry.value()).getValue();
    }
}
