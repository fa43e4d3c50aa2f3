package dev.octosts.policy.guardrail;

import dev.octosts.policy.Level;
import dev.octosts.policy.Permissions;
import dev.octosts.policy.UnknownPermission;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.PatternBudget;
import dev.octosts.policy.yaml.YamlReader;
import dev.octosts.policy.yaml.YamlReader.SourceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the rules that a file of guard rails and its overrides can both have. */
final class GuardrailRulesParser {
    static final List<String> KEYS = List.of(
            "mode",
            "repository_policies",
            "max_permissions",
            "denied_permissions",
            "organization_permissions",
            "self_rewrite",
            "subject_patterns",
            "warnings",
            "issuers");

    private static final int MAX_ISSUERS = 64;
    private static final int MAX_PERMISSIONS = 256;

    private final Faults faults;
    private final YamlReader reader;
    private final PatternBudget patterns;
    private @Nullable Mode mode;
    private @Nullable Boolean repositoryPolicies;
    private @Nullable TreeMap<String, Level> maximum;
    private @Nullable TreeSet<String> denied;
    private @Nullable Boolean organizationPermissions;
    private @Nullable Boolean selfRewrite;
    private @Nullable Boolean subjectPatterns;
    private @Nullable Boolean warnings;
    private @Nullable List<IssuerGuardrail> issuers;

    GuardrailRulesParser(Faults faults, PatternBudget patterns) {
        this.faults = faults;
        this.reader = new YamlReader(faults);
        this.patterns = patterns;
    }

    GuardrailRules rails() {
        return new GuardrailRules(
                mode,
                repositoryPolicies,
                maximum,
                denied,
                organizationPermissions,
                selfRewrite,
                subjectPatterns,
                warnings,
                issuers);
    }

    /** Reads an entry with one of {@link #KEYS}. */
    void entry(SourceEntry entry) {
        switch (entry.name()) {
            case "mode" -> mode = Mode.read(entry.value(), reader, faults).orElse(null);
            case "repository_policies" -> repositoryPolicies = allowed(entry);
            case "organization_permissions" -> organizationPermissions = allowed(entry);
            case "self_rewrite" -> selfRewrite = allowed(entry);
            case "subject_patterns" -> subjectPatterns = allowed(entry);
            case "warnings" -> warnings = allowed(entry);
            case "max_permissions" -> maximum(entry);
            case "denied_permissions" -> denied(entry);
            case "issuers" -> issuers(entry);
            default -> throw new IllegalStateException(entry.name());
        }
    }

    private @Nullable Boolean allowed(SourceEntry entry) {
        if (YamlReader.isNull(entry.value())) {
            return null;
        }
        String word = reader.word(entry.value());
        return switch (word) {
            case "allow" -> true;
            case "deny" -> false;
            default -> {
                faults.at(
                        entry.value(),
                        DiagnosticCode.ALLOW_OR_DENY,
                        "%s is %s; expected allow or deny".formatted(entry.name(), GoQuoted.of(word)),
                        DidYouMean.to(word, List.of("allow", "deny")));
                yield null;
            }
        };
    }

    private void maximum(SourceEntry entry) {
        if (YamlReader.isNull(entry.value())) {
            return;
        }
        if (!(entry.value() instanceof MappingNode mapping)) {
            String found = "max_permissions must be a mapping of permissions to their highest levels";
            faults.at(entry.value(), DiagnosticCode.MAPPING_WANTED, found);
            return;
        }
        var levels = new TreeMap<String, Level>();
        reader.hasPlainType(mapping);
        for (SourceEntry each : reader.entries(mapping)) {
            known(each.name(), each.key());
            level(each).ifPresent(level -> levels.put(each.name(), level));
        }
        if (mapping.getValue().isEmpty()) {
            String found = "max_permissions allows nothing; write repository_policies: deny to mean that";
            faults.at(entry.value(), DiagnosticCode.NO_RULE, found);
        }
        maximum = levels;
    }

    private Optional<Level> level(SourceEntry entry) {
        String text = reader.word(entry.value());
        Optional<Level> level = Level.of(text);
        if (level.isEmpty()) {
            faults.at(
                    entry.value(),
                    DiagnosticCode.UNKNOWN_LEVEL,
                    UnknownPermission.explainLevel(text, entry.name()),
                    UnknownPermission.meantLevel(text));
        }
        return level;
    }

    private void denied(SourceEntry entry) {
        var names = new TreeSet<String>();
        reader.texts(entry, MAX_PERMISSIONS, name -> {
            known(name.getValue(), name);
            names.add(name.getValue());
        });
        denied = names.isEmpty() ? null : names;
    }

    private void known(String permission, Node place) {
        if (Permissions.known().named(permission).isEmpty()) {
            faults.at(
                    place,
                    DiagnosticCode.UNKNOWN_PERMISSION,
                    UnknownPermission.explain(permission),
                    UnknownPermission.meant(permission));
        }
    }

    private void issuers(SourceEntry entry) {
        var rails = new ArrayList<IssuerGuardrail>();
        reader.items(
                entry,
                MAX_ISSUERS,
                "a list of mappings",
                node -> IssuerGuardrailParser.read(node, faults, patterns).ifPresent(rails::add));
        issuers = rails.isEmpty() ? null : rails;
    }
}
