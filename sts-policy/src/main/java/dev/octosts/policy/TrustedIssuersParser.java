package dev.octosts.policy;

import dev.octosts.policy.pattern.PatternFault;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.pattern.TextPattern;
import dev.octosts.policy.text.Nearest;
import dev.octosts.policy.text.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the file of trusted issuers and checks all that it says. */
final class TrustedIssuersParser {
    static final List<String> KEYS = List.of("mode", "issuers", "issuer_patterns");
    static final int MAX_ISSUERS = 64;
    static final int MAX_PATTERNS = 16;
    static final int MAX_PATTERN_LENGTH = 256;

    private final Faults faults = new Faults();
    private final Set<String> issuers = new LinkedHashSet<>();
    private final List<TextPattern> patterns = new ArrayList<>();
    private TrustedIssuers.Mode mode = TrustedIssuers.Mode.ENFORCE;

    static TrustedIssuers.Reading read(byte[] file) {
        var parser = new TrustedIssuersParser();
        parser.readRoot(file);
        return parser.faults.isEmpty()
                ? new TrustedIssuers.Reading.Valid(new TrustedIssuers(parser.mode, parser.issuers, parser.patterns))
                : new TrustedIssuers.Reading.Invalid(parser.faults.inFileOrder());
    }

    private void readRoot(byte[] file) {
        Node root = YamlFile.root(file, faults);
        if (root instanceof MappingNode mapping) {
            Tags.check(root, faults);
            Entries.of(mapping, faults).forEach(this::entry);
            if (faults.isEmpty() && issuers.isEmpty() && patterns.isEmpty()) {
                faults.at(root, DiagnosticCode.NO_ENTRIES, "neither issuers nor issuer_patterns has an entry");
            }
        } else if (root != null && !root.getTag().equals(Tag.NULL)) {
            faults.at(root, DiagnosticCode.NO_MAPPING, "the file is a mapping of keys to values, found a list or text");
        } else if (faults.isEmpty()) {
            faults.at(Position.START, DiagnosticCode.EMPTY_FILE, "the file is empty; it has at least one issuer");
        }
    }

    private void entry(Entry entry) {
        switch (entry.name()) {
            case "mode" -> mode(entry.value());
            case "issuers" -> texts(entry, MAX_ISSUERS, this::issuer);
            case "issuer_patterns" -> texts(entry, MAX_PATTERNS, this::pattern);
            default -> {
                String found = "unknown key " + Quoted.of(entry.name());
                var meant = Nearest.to(entry.name(), KEYS);
                String advice =
                        meant.map("; did you mean %s?"::formatted).orElse("; known are " + String.join(", ", KEYS));
                faults.at(entry.key(), DiagnosticCode.UNKNOWN_KEY, found + advice, meant);
            }
        }
    }

    private void mode(Node value) {
        if (isNull(value)) {
            return;
        }
        String text = value instanceof ScalarNode scalar ? scalar.getValue() : "a list or a mapping";
        Tags.check(value, faults);
        switch (text) {
            case "", "enforce" -> mode = TrustedIssuers.Mode.ENFORCE;
            case "audit" -> mode = TrustedIssuers.Mode.AUDIT;
            default ->
                faults.at(
                        value,
                        DiagnosticCode.UNKNOWN_MODE,
                        "unknown mode %s; expected enforce or audit".formatted(Quoted.of(text)),
                        Nearest.to(text, List.of("enforce", "audit")));
        }
    }

    private void texts(Entry entry, int most, Consumer<ScalarNode> each) {
        if (isNull(entry.value())) {
            return;
        }
        if (!(entry.value() instanceof SequenceNode list)) {
            faults.at(entry.value(), DiagnosticCode.LIST_WANTED, entry.name() + " must be a list of texts");
            return;
        }
        Tags.check(list, faults);
        if (list.getValue().size() > most) {
            faults.at(
                    entry.key(),
                    DiagnosticCode.TOO_MANY_ENTRIES,
                    "%s has %d entries; at most %d are allowed"
                            .formatted(entry.name(), list.getValue().size(), most));
            return;
        }
        for (Node item : list.getValue()) {
            if (item instanceof ScalarNode text && !isNull(item)) {
                Tags.check(item, faults);
                each.accept(text);
            } else {
                faults.at(item, DiagnosticCode.LIST_WANTED, entry.name() + " must be a list of texts");
            }
        }
    }

    private void issuer(ScalarNode written) {
        String issuer = written.getValue();
        int path = issuer.indexOf('/', "https://".length());
        String origin = path < 0 ? issuer : issuer.substring(0, path);
        if (Formats.isIssuer(issuer) && origin.equals(origin.toLowerCase(Locale.ROOT))) {
            issuers.add(issuer);
        } else {
            faults.at(
                    written,
                    DiagnosticCode.BAD_ISSUER,
                    "%s is no issuer: an https address with host in lower case, without query and fragment, is expected"
                            .formatted(Quoted.of(issuer)));
        }
    }

    private void pattern(ScalarNode written) {
        String text = written.getValue();
        if (text.isEmpty()) {
            faults.at(written, DiagnosticCode.BAD_PATTERN, "an empty pattern matches no issuer; remove it");
            return;
        }
        if (text.codePointCount(0, text.length()) > MAX_PATTERN_LENGTH) {
            String found = "the pattern has more than %d characters; split it".formatted(MAX_PATTERN_LENGTH);
            faults.at(written, DiagnosticCode.PATTERN_TOO_LARGE, found);
            return;
        }
        try {
            TextPattern pattern = TextPattern.compile(text);
            if (PatternShape.of(text).hasFixedSlashes()) {
                patterns.add(pattern);
            } else {
                faults.at(
                        written,
                        DiagnosticCode.OPEN_SLASH,
                        "the pattern can match a slash where none is written, and so other hosts; use [^/]* or [a-z0-9-]+");
            }
        } catch (PatternFault e) {
            faults.at(written, PatternFaults.code(e), "the pattern does not compile: " + e.explanation());
        }
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
