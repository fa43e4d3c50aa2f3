package dev.octosts.policy.guardrail;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.guardrail.Guardrails.RepositoryRails;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.PatternBudget;
import dev.octosts.policy.yaml.YamlReader;
import dev.octosts.policy.yaml.YamlReader.SourceEntry;
import dev.octosts.policy.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the file of guard rails and checks its contents. */
final class GuardrailsParser {
    static final List<String> KEYS = Stream.concat(GuardrailRulesParser.KEYS.stream(), Stream.of("overrides"))
            .toList();
    static final List<String> OVERRIDE_KEYS = Stream.concat(
                    Stream.of("repositories"), GuardrailRulesParser.KEYS.stream())
            .toList();

    private static final int MAX_OVERRIDES = 64;

    /** The limit for all overrides together, because each is checked for each grant. */
    private static final int MAX_GLOBS = 256;

    private static final int SMALL = 2000;

    private final Faults faults = new Faults();
    private final YamlReader reader = new YamlReader(faults);
    private final PatternBudget patterns = PatternBudget.ofRules(faults);
    private final List<RepositoryRails> overrides = new ArrayList<>();
    private int globs;

    static Guardrails.Reading read(byte[] file) {
        return new GuardrailsParser().readRoot(file);
    }

    private Guardrails.Reading readRoot(byte[] file) {
        var rails = new GuardrailRulesParser(faults, patterns);
        Node root = YamlFile.root(file, faults);
        if (root instanceof MappingNode mapping) {
            reader.entries(mapping, KEYS, entry -> entry(entry, rails));
            if (faults.isEmpty() && !rails.rails().hasRule() && overrides.isEmpty()) {
                faults.at(root, DiagnosticCode.NO_RULE, "the file gives no rule; remove it, or add one");
            }
        } else if (root != null && !root.getTag().equals(Tag.NULL)) {
            faults.at(root, DiagnosticCode.NO_MAPPING, "the file is a mapping of keys to values, found a list or text");
        } else if (faults.isEmpty()) {
            faults.at(Position.START, DiagnosticCode.EMPTY_FILE, "the file is empty; it has at least one rule");
        }
        int weight = SMALL + patterns.weight() + 4 * file.length;
        return faults.isEmpty()
                ? new Guardrails.Reading.Valid(new Guardrails(rails.rails(), overrides, weight))
                : new Guardrails.Reading.Invalid(faults.inFileOrder());
    }

    private void entry(SourceEntry entry, GuardrailRulesParser rails) {
        if (entry.name().equals("overrides")) {
            reader.items(entry, MAX_OVERRIDES, "a list of mappings", this::override);
        } else {
            rails.entry(entry);
        }
    }

    private void override(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            faults.at(node, DiagnosticCode.MAPPING_WANTED, "an override must be a mapping with repositories in it");
            return;
        }
        int before = faults.count();
        var rails = new GuardrailRulesParser(faults, patterns);
        var repositories = new ArrayList<RepositoryGlob>();
        reader.entries(mapping, OVERRIDE_KEYS, entry -> {
            if (entry.name().equals("repositories")) {
                reader.texts(entry, MAX_GLOBS, glob -> glob(glob, repositories));
            } else {
                rails.entry(entry);
            }
        });
        GuardrailRules said = rails.rails();
        if (faults.count() == before && repositories.isEmpty()) {
            String found = "no repositories are named; an override says which it is for";
            faults.at(node, DiagnosticCode.BAD_GLOB, found);
        } else if (faults.count() == before && !said.hasRule() && said.mode() == null) {
            faults.at(node, DiagnosticCode.NO_RULE, "the override gives no rule; remove it, or add one");
        }
        overrides.add(new RepositoryRails(repositories, said));
    }

    private void glob(ScalarNode written, List<RepositoryGlob> repositories) {
        if (++globs > MAX_GLOBS) {
            String found = "more than %d globs in all; use wider ones".formatted(MAX_GLOBS);
            faults.at(written, DiagnosticCode.TOO_MANY_ENTRIES, found);
            return;
        }
        String text = written.getValue();
        if (text.contains(".*")) {
            String found = "%s is a glob: * alone is any text there, so write %s; for a dot and more write .?*"
                    .formatted(GoQuoted.of(text), GoQuoted.of(text.replace(".*", "*")));
            faults.at(written, DiagnosticCode.BAD_GLOB, found);
            return;
        }
        RepositoryGlob.parse(text)
                .ifPresentOrElse(
                        repositories::add,
                        () -> faults.at(
                                written,
                                DiagnosticCode.BAD_GLOB,
                                "no repository matches %s; write a name, or owner/name, with * and ? in it"
                                        .formatted(GoQuoted.of(text))));
    }
}
