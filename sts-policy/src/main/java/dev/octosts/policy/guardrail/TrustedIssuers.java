package dev.octosts.policy.guardrail;

import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.pattern.TextPattern;
import java.util.List;
import java.util.Set;

/** The token issuers that an organization trusts: the contents of {@code trusted-token-issuers.yaml}. Immutable. */
public final class TrustedIssuers {
    /** The keys of the file. */
    public static final List<String> KEYS = TrustedIssuersParser.KEYS;

    /** The number of issuers that a file may list. */
    public static final int MAX_ISSUERS = TrustedIssuersParser.MAX_ISSUERS;

    /** The number of patterns that a file may list. */
    public static final int MAX_PATTERNS = TrustedIssuersParser.MAX_PATTERNS;

    /** The number of characters that a pattern may have. */
    public static final int MAX_PATTERN_LENGTH = TrustedIssuersParser.MAX_PATTERN_LENGTH;

    private final Mode mode;
    private final Set<String> issuers;
    private final List<TextPattern> patterns;

    TrustedIssuers(Mode mode, Set<String> issuers, List<TextPattern> patterns) {
        this.mode = mode;
        this.issuers = Set.copyOf(issuers);
        this.patterns = List.copyOf(patterns);
    }

    /** Reads the file; at most 1 MiB. */
    public static Reading read(byte[] file) {
        return TrustedIssuersParser.read(file);
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

    /** The result of reading a file. */
    public sealed interface Reading {
        /** The file is a list of trusted issuers. */
        record Valid(TrustedIssuers trusted) implements Reading {}

        /**
         * The file is not a list of trusted issuers.
         *
         * @param faults in file order, never empty
         */
        record Invalid(List<Fault> faults) implements Reading {
            public Invalid {
                faults = List.copyOf(faults);
            }
        }
    }
}
