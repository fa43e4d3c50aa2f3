package dev.octosts.policy;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.pattern.TextPattern;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.PatternBudget;
import dev.octosts.policy.yaml.YamlFile;
import dev.octosts.policy.yaml.YamlReader.SourceEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns a file into a policy: reads its YAML, has its form checked, checks its meaning and builds the policy. */
final class PolicyCompiler {
    private final PolicyParser.ParsedPolicy draft;
    private final Faults faults;
    private final PatternBudget patterns;
    private final PatternBudget appPatterns;

    private PolicyCompiler(PolicyParser.ParsedPolicy draft, Faults faults) {
        this.draft = draft;
        this.faults = faults;
        this.patterns = PatternBudget.ofPolicy(faults);
        this.appPatterns = PatternBudget.ofRules(faults);
    }

    /** Checks the form of a file first, then the meaning; the faults of both are reported together. */
    static TrustPolicy.Reading read(byte[] file, PolicyKind kind) {
        var form = new Faults();
        Node root = YamlFile.root(file, form);
        if (!form.isEmpty()) {
            return new TrustPolicy.Reading.Unparsable(form.inFileOrder());
        }
        if (root == null || root.getTag().equals(Tag.NULL)) {
            var empty = new Faults();
            empty.at(
                    Position.START,
                    DiagnosticCode.EMPTY_FILE,
                    "the file is empty; a policy has at least issuer, subject and permissions");
            return new TrustPolicy.Reading.Invalid(empty.inFileOrder());
        }
        if (!(root instanceof MappingNode mapping)) {
            form.at(
                    root,
                    DiagnosticCode.NO_MAPPING,
                    "a policy is a mapping of keys to values, found a list or plain text");
            return new TrustPolicy.Reading.Unparsable(form.inFileOrder());
        }
        return compile(PolicyParser.parse(mapping, kind, form), form, file.length);
    }

    private static TrustPolicy.Reading compile(PolicyParser.ParsedPolicy draft, Faults form, int size) {
        var meaning = new Faults();
        TrustPolicy policy = new PolicyCompiler(draft, meaning).compile(size);
        if (!form.isEmpty()) {
            meaning.inFileOrder().forEach(form::add);
            return new TrustPolicy.Reading.Unparsable(form.inFileOrder());
        }
        if (policy == null || !meaning.isEmpty()) {
            return new TrustPolicy.Reading.Invalid(meaning.inFileOrder());
        }
        return new TrustPolicy.Reading.Valid(policy);
    }

    /** Null when there are faults. */
    private @Nullable TrustPolicy compile(int size) {
        Rule issuer = required("issuer", Rule.Aspect.ISSUER);
        Rule subject = draft.subjects.isEmpty() ? required("subject", Rule.Aspect.SUBJECT) : subjects();
        Rule audience = optional("audience", Rule.Aspect.AUDIENCE);
        List<Rule> claims = claims();
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
    private Rule subjects() {
        for (String other : List.of("subject", "subject_pattern")) {
            SourceEntry entry = draft.texts.get(other);
            if (entry != null) {
                faults.at(
                        entry.key(),
                        DiagnosticCode.EXCLUSIVE_KEYS,
                        "both subjects and %s are given; only one is possible".formatted(other));
            }
        }
        return exact(Rule.Aspect.SUBJECT, "subject", new ClaimPath(List.of("sub")), draft.subjects);
    }

    private static Rule exact(Rule.Aspect aspect, String name, ClaimPath path, List<SourceEntry> values) {
        return Rule.exact(
                aspect,
                name,
                path,
                values.stream().map(PolicyCompiler::text).distinct().toList());
    }

    private @Nullable Rule required(String name, Rule.Aspect aspect) {
        String pattern = name + "_pattern";
        if (draft.texts.get(name) == null && draft.texts.get(pattern) == null && !isBroken(name)) {
            faults.at(
                    draft.root,
                    DiagnosticCode.MISSING_KEY,
                    "neither %s nor %s is given; exactly one is needed".formatted(name, pattern));
        }
        return optional(name, aspect);
    }

    private @Nullable Rule optional(String name, Rule.Aspect aspect) {
        SourceEntry exact = draft.texts.get(name);
        SourceEntry pattern = onlyPattern(name);
        if (pattern != null) {
            return matching(aspect, name, pattern);
        }
        return exact == null ? null : Rule.exact(aspect, name, text(exact));
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

    private List<Rule> claims() {
        var rules = new ArrayList<Rule>();
        for (SourceEntry entry : draft.claims.values()) {
            Rule rule = matching(Rule.Aspect.CLAIM, entry.name(), entry);
            if (rule != null) {
                rules.add(rule);
            }
        }
        draft.exactClaims.forEach((name, values) -> exactClaim(name, values).ifPresent(rules::add));
        return rules;
    }

    private Optional<Rule> exactClaim(String name, List<SourceEntry> values) {
        Optional<ClaimPath> path = ClaimPath.of(name);
        if (path.isEmpty()) {
            faults.at(
                    values.getFirst().key(),
                    DiagnosticCode.BAD_KEY,
                    "%s is no JSON pointer; write ~0 for a ~ and ~1 for a / inside a name"
                            .formatted(GoQuoted.of(name)));
        }
        return path.map(place -> exact(Rule.Aspect.CLAIM, name, place, values));
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

    private @Nullable Rule matching(Rule.Aspect aspect, String name, SourceEntry entry) {
        TextPattern pattern = compiled(entry, patterns);
        return pattern == null ? null : Rule.matching(aspect, name, pattern);
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
