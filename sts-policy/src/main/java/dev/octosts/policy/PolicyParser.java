package dev.octosts.policy;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.text.Characters;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.YamlReader;
import dev.octosts.policy.yaml.YamlReader.SourceEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Checks the form of a policy file: known keys with values of the right type. */
final class PolicyParser {
    /** The limit for one list, and for claims of one kind. */
    private static final int MAX_VALUES = 100;

    private final PolicyKind kind;
    private final Faults faults;
    private final YamlReader reader;
    private final ParsedPolicy draft;

    private PolicyParser(MappingNode root, PolicyKind kind, Faults faults) {
        this.kind = kind;
        this.faults = faults;
        this.reader = new YamlReader(faults);
        this.draft = new ParsedPolicy(root);
    }

    /** The readable contents of a file, before its meaning is checked. */
    static final class ParsedPolicy {
        final Node root;
        /** Entries with one text, as far as it is not empty. */
        final Map<String, SourceEntry> texts = new LinkedHashMap<>();

        final Map<String, SourceEntry> claims = new LinkedHashMap<>();
        final Map<String, List<SourceEntry>> exactClaims = new LinkedHashMap<>();
        final List<SourceEntry> subjects = new ArrayList<>();
        final Map<String, Level> permissions = new TreeMap<>();
        final List<String> repositories = new ArrayList<>();
        /** Keys that are given but unusable. Their faults are known, so they do not count as missing. */
        final Set<String> broken = new HashSet<>();

        private ParsedPolicy(Node root) {
            this.root = root;
        }
    }

    static ParsedPolicy parse(MappingNode root, PolicyKind kind, Faults faults) {
        var parser = new PolicyParser(root, kind, faults);
        parser.reader.hasPlainType(root);
        parser.reader.entries(root).forEach(parser::entry);
        return parser.draft;
    }

    private void entry(SourceEntry entry) {
        switch (entry.name()) {
            case "claim_pattern" -> claims(entry, this::claim);
            case "claim" -> claims(entry, this::exactClaim);
            case "subjects" -> subjects(entry);
            case "permissions" -> mapping(entry).forEach(this::permission);
            case "repositories" -> repositories(entry);
            default -> {
                if (PolicyKeys.TEXTS.contains(entry.name())) {
                    text(entry);
                } else {
                    unknownKey(entry);
                }
            }
        }
    }

    private void unknownKey(SourceEntry entry) {
        String found = "unknown key " + GoQuoted.of(entry.name());
        Optional<String> key = PolicyKeys.meant(entry.name());
        if (kind == PolicyKind.REPOSITORY && key.equals(Optional.of("repositories"))) {
            faults.at(
                    entry.key(),
                    DiagnosticCode.UNKNOWN_KEY,
                    found
                            + "; the token covers the repository that holds the file; the workload's is the claim repository, and stands below claim_pattern");
            return;
        }
        key.ifPresentOrElse(
                known -> {
                    draft.broken.add(known);
                    String meant = "; did you mean %s?".formatted(known);
                    faults.at(entry.key(), DiagnosticCode.UNKNOWN_KEY, found + meant, key);
                },
                () -> faults.at(entry.key(), DiagnosticCode.UNKNOWN_KEY, found + whereElse(entry)));
    }

    private static String whereElse(SourceEntry entry) {
        boolean around = entry.value() instanceof MappingNode mapping
                && mapping.getValue().stream()
                        .anyMatch(inner -> inner.getKeyNode() instanceof ScalarNode key
                                && PolicyKeys.ALL.contains(key.getValue()));
        Optional<String> blank = entry.name()
                .codePoints()
                .filter(c -> c > 0x7f && !Characters.isPrintable(c))
                .mapToObj("; it has the character U+%04X in it, write an ordinary blank"::formatted)
                .findFirst();
        if (blank.isPresent()) {
            return blank.get();
        }
        return around ? "; remove it, and move what stands below it to the left" : PolicyKeys.whereElse(entry.name());
    }

    private void text(SourceEntry entry) {
        if (!isText(entry)) {
            draft.broken.add(entry.name());
        } else if (!((ScalarNode) entry.value()).getValue().isEmpty()) {
            draft.texts.put(entry.name(), entry);
        }
    }

    private void claims(SourceEntry entry, Consumer<SourceEntry> each) {
        if (entry.value() instanceof MappingNode mapping && mapping.getValue().size() > MAX_VALUES) {
            faults.at(
                    entry.key(),
                    DiagnosticCode.TOO_MANY_ENTRIES,
                    "%s has %d entries; at most %d are allowed"
                            .formatted(entry.name(), mapping.getValue().size(), MAX_VALUES));
            return;
        }
        mapping(entry).forEach(each);
    }

    private void claim(SourceEntry entry) {
        if (isText(entry)) {
            draft.claims.put(entry.name(), entry);
        }
    }

    private void exactClaim(SourceEntry entry) {
        var values = new ArrayList<SourceEntry>();
        if (entry.value() instanceof SequenceNode list) {
            reader.items(entry, MAX_VALUES, "a list of values", item -> addText(entry, item, values));
            if (list.getValue().isEmpty()) {
                faults.at(
                        list,
                        DiagnosticCode.LIST_WANTED,
                        "claim %s names no value; write at least one".formatted(GoQuoted.of(entry.name())));
            }
        } else {
            addText(entry, entry.value(), values);
        }
        if (!values.isEmpty()) {
            draft.exactClaims.put(entry.name(), values);
        }
    }

    private void subjects(SourceEntry entry) {
        if (YamlReader.isNull(entry.value()) || !(entry.value() instanceof SequenceNode list)) {
            draft.broken.add("subject");
            faults.at(
                    entry.value(),
                    DiagnosticCode.LIST_WANTED,
                    "subjects must be a list of subjects, found " + kindOf(entry.value()));
            return;
        }
        reader.items(entry, MAX_VALUES, "a list of subjects", item -> addText(entry, item, draft.subjects));
        if (list.getValue().isEmpty() || draft.subjects.size() < list.getValue().size()) {
            draft.broken.add("subject");
        }
        if (list.getValue().isEmpty()) {
            faults.at(entry.value(), DiagnosticCode.LIST_WANTED, "subjects names none; write at least one");
        }
    }

    private void addText(SourceEntry entry, Node value, List<SourceEntry> values) {
        var item = new SourceEntry(entry.key(), value);
        if (isText(item)) {
            values.add(item);
        }
    }

    private void permission(SourceEntry entry) {
        if (Permissions.known().named(entry.name()).isEmpty()) {
            draft.broken.add("permissions");
            if (entry.value() instanceof MappingNode && !PolicyKeys.ALL.contains(entry.name())) {
                faults.at(
                        entry.key(),
                        DiagnosticCode.UNKNOWN_PERMISSION,
                        "unknown permission %s; remove it, and move what stands below it to the left"
                                .formatted(GoQuoted.of(entry.name())));
                return;
            }
            faults.at(
                    entry.key(),
                    DiagnosticCode.UNKNOWN_PERMISSION,
                    UnknownPermission.explain(entry.name()),
                    UnknownPermission.meant(entry.name()));
        }
        if (!isText(entry)) {
            draft.broken.add("permissions");
            return;
        }
        String level = ((ScalarNode) entry.value()).getValue();
        Level.of(level).ifPresentOrElse(known -> draft.permissions.put(entry.name(), known), () -> {
            draft.broken.add("permissions");
            faults.at(
                    entry.value(),
                    DiagnosticCode.UNKNOWN_LEVEL,
                    UnknownPermission.explainLevel(level, entry.name()),
                    UnknownPermission.meantLevel(level, entry.name()));
        });
    }

    private void repositories(SourceEntry entry) {
        if (kind == PolicyKind.REPOSITORY) {
            faults.at(
                    entry.key(),
                    DiagnosticCode.REPOSITORIES_NOT_HERE,
                    "repositories is for organization policies; a repository policy is about its own");
        } else if (entry.value() instanceof SequenceNode list) {
            reader.hasPlainType(list);
            list.getValue().forEach(this::repository);
        } else if (!YamlReader.isNull(entry.value())) {
            faults.at(
                    entry.value(),
                    DiagnosticCode.LIST_WANTED,
                    "repositories must be a list of repository names, found " + kindOf(entry.value()));
        }
    }

    private void repository(Node name) {
        if (name instanceof ScalarNode scalar && !YamlReader.isNull(name)) {
            reader.hasPlainType(name);
            draft.repositories.add(scalar.getValue());
        } else {
            faults.at(
                    name,
                    DiagnosticCode.LIST_WANTED,
                    "repositories must be a list of repository names, found " + kindOf(name) + " in it");
        }
    }

    /** The entries of a mapping; a plain null counts as no mapping. */
    private Iterable<SourceEntry> mapping(SourceEntry entry) {
        if (entry.value() instanceof MappingNode mapping) {
            reader.hasPlainType(mapping);
            return reader.entries(mapping);
        }
        if (!YamlReader.isNull(entry.value())) {
            draft.broken.add(entry.name());
            faults.at(
                    entry.value(),
                    DiagnosticCode.MAPPING_WANTED,
                    "%s must be a mapping, found %s".formatted(entry.name(), kindOf(entry.value())));
        }
        return List.of();
    }

    private boolean isText(SourceEntry entry) {
        Node value = entry.value();
        if (value instanceof ScalarNode scalar && !YamlReader.isNull(value)) {
            if (scalar.getValue().codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
                faults.at(value, DiagnosticCode.UNREADABLE, "half a surrogate pair is not a character");
                return false;
            }
            return reader.hasPlainType(value);
        }
        faults.at(
                value,
                DiagnosticCode.TEXT_WANTED,
                "%s must be text, found %s".formatted(GoQuoted.of(entry.name()), kindOf(value)));
        return false;
    }

    private static String kindOf(Node node) {
        return switch (node.getNodeId()) {
            case mapping -> "a mapping";
            case sequence -> "a list";
            case scalar, anchor -> YamlReader.isNull(node) ? "nothing" : "text";
        };
    }
}
