package dev.octosts.policy.guardrail;

import dev.octosts.policy.Formats;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.pattern.PatternFault;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.pattern.TextPattern;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.PatternBudget;
import dev.octosts.policy.yaml.YamlFile;
import dev.octosts.policy.yaml.YamlReader;
import dev.octosts.policy.yaml.YamlReader.SourceEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The token issuers that an organization trusts: the contents of {@code trusted-token-issuers.yaml}. Immutable. */
public final class TrustedIssuers {
    /** The keys of the file. */
    public static final List<String> KEYS = List.of("mode", "issuers", "issuer_patterns");

    /** The number of issuers that a file may list. */
    public static final int MAX_ISSUERS = 64;

    /** The number of patterns that a file may list. */
    public static final int MAX_PATTERNS = 16;

    /** The number of characters that a pattern may have. */
    public static final int MAX_PATTERN_LENGTH = 256;

    private final Mode mode;
    private final Set<String> issuers;
    private final List<TextPattern> patterns;

    TrustedIssuers(Mode mode, Set<String> issuers, List<TextPattern> patterns) {
        this.mode = mode;
        this.issuers = Set.copyOf(issuers);
        this.patterns = List.copyOf(patterns);
    }

    /** Reads the file; at most 1 MiB. */
    public static Parsed<TrustedIssuers> read(byte[] file) {
        return Parser.read(file);
    }

    /** The effect on a token of another issuer. */
    public Mode mode() {
        return mode;
    }

    /** Whether the issuer is listed, whatever the mode. */
    public boolean permits(String issuer) {
        return issuers.contains(issuer) || patterns.stream().anyMatch(pattern -> pattern.matches(issuer));
    }

    /** Whether the issuer is listed by its exact name, and not by a pattern alone. */
    public boolean lists(String issuer) {
        return issuers.contains(issuer);
    }

    /** Roughly the bytes of memory that the list holds, for a cache's bound. */
    public int weight() {
        return 1000
                + 300 * issuers.size()
                + patterns.stream().mapToInt(TextPattern::weight).sum();
    }

    /** Reads the file and checks its contents. */
    private static final class Parser {
        /** Not in a class: there a dot is one. */
        private static final Pattern REPEATED_DOT = Pattern.compile("(?<![\\\\\\[^])\\.(?=[*+])");

        private final Faults faults = new Faults();
        private final YamlReader reader = new YamlReader(faults);
        private final Set<String> issuers = new LinkedHashSet<>();
        private final PatternBudget patterns = PatternBudget.ofRules(faults);
        private final List<TextPattern> compiled = new ArrayList<>();
        private Mode mode = Mode.ENFORCE;

        static Parsed<TrustedIssuers> read(byte[] file) {
            var parser = new Parser();
            parser.readRoot(file);
            return parser.faults.isEmpty()
                    ? new Parsed.Valid<>(new TrustedIssuers(parser.mode, parser.issuers, parser.compiled))
                    : new Parsed.Invalid<>(parser.faults.inFileOrder());
        }

        private void readRoot(byte[] file) {
            Node root = YamlFile.root(file, faults);
            if (root instanceof MappingNode mapping) {
                reader.entries(mapping, KEYS, this::entry);
                if (faults.isEmpty() && issuers.isEmpty() && compiled.isEmpty()) {
                    faults.at(root, DiagnosticCode.NO_ENTRIES, "neither issuers nor issuer_patterns has an entry");
                }
            } else if (root != null && !root.getTag().equals(Tag.NULL)) {
                faults.at(
                        root,
                        DiagnosticCode.NO_MAPPING,
                        "the file is a mapping of keys to values, found a list or text");
            } else if (faults.isEmpty()) {
                faults.at(Position.START, DiagnosticCode.EMPTY_FILE, "the file is empty; it has at least one issuer");
            }
        }

        private void entry(SourceEntry entry) {
            switch (entry.name()) {
                case "mode" -> Mode.read(entry.value(), reader, faults).ifPresent(given -> mode = given);
                case "issuers" -> reader.texts(entry, MAX_ISSUERS, this::issuer);
                case "issuer_patterns" -> reader.texts(entry, MAX_PATTERNS, this::pattern);
                default -> throw new IllegalStateException(entry.name());
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
                                .formatted(GoQuoted.of(issuer)));
            }
        }

        /**
         * The same pattern with single dots escaped, and with repeated dots changed so that they cannot match slashes.
         */
        private static Optional<String> withFixedSlashes(String pattern) throws PatternFault {
            var fixed = new StringBuilder(pattern);
            PatternShape.of(pattern).singleDots().reversed().forEach(dot -> fixed.insert((int) dot, '\\'));
            String narrower = REPEATED_DOT.matcher(fixed).replaceAll("[^/]");
            return PatternShape.isPattern(narrower) && PatternShape.of(narrower).hasFixedSlashes()
                    ? Optional.of(narrower)
                    : Optional.empty();
        }

        private void pattern(ScalarNode written) {
            String text = written.getValue();
            if (text.codePointCount(0, text.length()) > MAX_PATTERN_LENGTH) {
                String found = "the pattern has more than %d characters; split it".formatted(MAX_PATTERN_LENGTH);
                faults.at(written, DiagnosticCode.PATTERN_TOO_LARGE, found);
                return;
            }
            patterns.compile(text, written, "the pattern").ifPresent(pattern -> add(pattern, written));
        }

        private void add(TextPattern pattern, ScalarNode written) {
            try {
                if (PatternShape.of(pattern.text()).hasFixedSlashes()) {
                    compiled.add(pattern);
                } else {
                    faults.at(
                            written,
                            DiagnosticCode.OPEN_SLASH,
                            "the pattern can match a slash where none is written, and so other hosts",
                            withFixedSlashes(pattern.text()));
                }
            } catch (PatternFault e) {
                // It was compiled a moment ago.
                throw new IllegalStateException(e);
            }
        }
    }
}
