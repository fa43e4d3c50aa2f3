package dev.octosts.policy.guardrail;

import dev.octosts.policy.Level;
import dev.octosts.policy.Permissions;
import dev.octosts.policy.UnknownPermission;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.guardrail.GuardrailRules.Setting;
import dev.octosts.policy.guardrail.Guardrails.RulesForRepositories;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.PatternBudget;
import dev.octosts.policy.yaml.YamlFile;
import dev.octosts.policy.yaml.YamlReader;
import dev.octosts.policy.yaml.YamlReader.SourceEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the file of guard rails and checks its contents. */
final class GuardrailsParser {
    static final List<String> KEYS =
            Stream.concat(GuardrailRules.KEYS.stream(), Stream.of("overrides")).toList();
    static final List<String> OVERRIDE_KEYS = Stream.concat(Stream.of("repositories"), GuardrailRules.KEYS.stream())
            .toList();

    private static final int MAX_OVERRIDES = 64;
    private static final int MAX_ISSUERS = 64;
    private static final int MAX_PERMISSIONS = 256;

    /** The limit for all overrides together, because each is checked for each grant. */
    private static final int MAX_GLOBS = 256;

    private static final int SMALL = 2000;

    private final Faults faults = new Faults();
    private final YamlReader reader = new YamlReader(faults);
    private final PatternBudget patterns = PatternBudget.ofRules(faults);
    private final List<RulesForRepositories> overrides = new ArrayList<>();
    private int globs;

    static Parsed<Guardrails> read(byte[] file) {
        return new GuardrailsParser().readRoot(file);
    }

    private Parsed<Guardrails> readRoot(byte[] file) {
        var settings = new Settings();
        Node root = YamlFile.root(file, faults);
        if (root instanceof MappingNode mapping) {
            reader.entries(mapping, KEYS, entry -> entry(entry, settings));
            if (faults.isEmpty() && !settings.rules().hasRule() && overrides.isEmpty()) {
                faults.at(root, DiagnosticCode.NO_RULE, "the file gives no rule; remove it, or add one");
            }
        } else if (root != null && !root.getTag().equals(Tag.NULL)) {
            faults.at(root, DiagnosticCode.NO_MAPPING, "the file is a mapping of keys to values, found a list or text");
        } else if (faults.isEmpty()) {
            faults.at(Position.START, DiagnosticCode.EMPTY_FILE, "the file is empty; it has at least one rule");
        }
        int weight = SMALL + patterns.weight() + 4 * file.length;
        return faults.isEmpty()
                ? new Parsed.Valid<>(new Guardrails(settings.rules(), overrides, weight))
                : new Parsed.Invalid<>(faults.inFileOrder());
    }

    private void entry(SourceEntry entry, Settings settings) {
        if (entry.name().equals("overrides")) {
            reader.items(entry, MAX_OVERRIDES, "a list of mappings", this::override);
        } else {
            settings.read(entry);
        }
    }

    private void override(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            faults.at(node, DiagnosticCode.MAPPING_WANTED, "an override must be a mapping with repositories in it");
            return;
        }
        int before = faults.count();
        var settings = new Settings();
        var repositories = new ArrayList<RepositoryGlob>();
        reader.entries(mapping, OVERRIDE_KEYS, entry -> {
            if (entry.name().equals("repositories")) {
                reader.texts(entry, MAX_GLOBS, glob -> glob(glob, repositories));
            } else {
                settings.read(entry);
            }
        });
        GuardrailRules rules = settings.rules();
        if (faults.count() == before && repositories.isEmpty()) {
            String found = "no repositories are named; an override says which it is for";
            faults.at(node, DiagnosticCode.BAD_GLOB, found);
        } else if (faults.count() == before && rules.settings().isEmpty()) {
            faults.at(node, DiagnosticCode.NO_RULE, "the override gives no rule; remove it, or add one");
        }
        overrides.add(new RulesForRepositories(repositories, rules));
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

    /** Reads the settings of the file, or of one override. */
    private final class Settings {
        private final Map<GuardrailRules.Key, Setting> byKey = new EnumMap<>(GuardrailRules.Key.class);

        private GuardrailRules rules() {
            return new GuardrailRules(byKey);
        }

        /** Reads an entry with one of {@link GuardrailRules#KEYS}. */
        private void read(SourceEntry entry) {
            var key = GuardrailRules.Key.of(entry.name());
            Optional<? extends Setting> setting = switch (key) {
                case MODE -> Mode.read(entry.value(), reader, faults).map(Setting.Effect::new);
                case REPOSITORY_POLICIES -> allowed(entry).map(Setting.RepositoryPolicies::new);
                case MAX_PERMISSIONS -> maxPermissions(entry);
                case DENIED_PERMISSIONS -> deniedPermissions(entry);
                case ORGANIZATION_PERMISSIONS -> allowed(entry).map(Setting.OrganizationPermissions::new);
                case SELF_REWRITE -> allowed(entry).map(Setting.SelfRewrite::new);
                case SUBJECT_PATTERNS -> allowed(entry).map(Setting.SubjectPatterns::new);
                case WARNINGS -> allowed(entry).map(Setting.Warnings::new);
                case ISSUERS -> issuers(entry);
            };
            setting.ifPresent(given -> byKey.put(key, given));
        }

        private Optional<Boolean> allowed(SourceEntry entry) {
            if (YamlReader.isNull(entry.value())) {
                return Optional.empty();
            }
            String word = reader.word(entry.value());
            return switch (word) {
                case "allow" -> Optional.of(true);
                case "deny" -> Optional.of(false);
                default -> {
                    faults.at(
                            entry.value(),
                            DiagnosticCode.ALLOW_OR_DENY,
                            "%s is %s; expected allow or deny".formatted(entry.name(), GoQuoted.of(word)),
                            DidYouMean.to(word, List.of("allow", "deny")));
                    yield Optional.empty();
                }
            };
        }

        private Optional<Setting> maxPermissions(SourceEntry entry) {
            if (YamlReader.isNull(entry.value())) {
                return Optional.empty();
            }
            if (!(entry.value() instanceof MappingNode mapping)) {
                String found = "max_permissions must be a mapping of permissions to their highest levels";
                faults.at(entry.value(), DiagnosticCode.MAPPING_WANTED, found);
                return Optional.empty();
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
            return Optional.of(new Setting.MaxPermissions(levels));
        }

        private Optional<Level> level(SourceEntry entry) {
            String text = reader.word(entry.value());
            Optional<Level> level = Level.of(text);
            if (level.isEmpty()) {
                faults.at(
                        entry.value(),
                        DiagnosticCode.UNKNOWN_LEVEL,
                        UnknownPermission.explainLevel(text, entry.name()),
                        UnknownPermission.meantLevel(text, entry.name()));
            }
            return level;
        }

        private Optional<Setting> deniedPermissions(SourceEntry entry) {
            var names = new TreeSet<String>();
            reader.texts(entry, MAX_PERMISSIONS, name -> {
                known(name.getValue(), name);
                names.add(name.getValue());
            });
            return names.isEmpty() ? Optional.empty() : Optional.of(new Setting.DeniedPermissions(names));
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

        private Optional<Setting> issuers(SourceEntry entry) {
            var issuers = new ArrayList<IssuerGuardrail>();
            reader.items(
                    entry,
                    MAX_ISSUERS,
                    "a list of mappings",
                    node -> IssuerGuardrail.read(node, faults, patterns).ifPresent(issuers::add));
            return issuers.isEmpty() ? Optional.empty() : Optional.of(new Setting.Issuers(issuers));
        }
    }
}
