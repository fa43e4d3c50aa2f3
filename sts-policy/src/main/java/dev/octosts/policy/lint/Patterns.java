package dev.octosts.policy.lint;

import dev.octosts.policy.Formats;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.yaml.YamlSource;
import java.util.Optional;
import java.util.regex.Pattern;

/** Helpers for patterns as text. */
public final class Patterns {
    private static final Pattern REGEX_SIGNS =
            Pattern.compile("\\.[*+?]|\\\\|^\\^|\\$$|\\[[^\\[\\]]+\\]|\\([^()]*\\)|\\{\\d+,?\\d*\\}");
    /** Signs that no name of a workflow or an environment has; brackets alone are in some names. */
    private static final Pattern OPERATORS = Pattern.compile(
            "\\.[*+?]|\\\\|^\\^|\\$$|\\*|[\\])][+?{]|\\([^)]*\\|[^)]*\\)|\\[[^\\] ]*\\w-\\w[^\\] ]*\\]");

    /**
     * Environments; projects and workspaces of Terraform; connections and pipelines of Azure DevOps; ids of Bitbucket.
     */
    private static final Pattern NAMED = Pattern.compile(":environment:|:project:|:workspace:|^sc://|^p://|^\\{");

    private static final Pattern GLOB_SIGNS = Pattern.compile("\\*");
    private static final Pattern SPECIAL = Pattern.compile("[.*+?()\\[\\]{}|^$\\\\]");

    private Patterns() {}

    /**
     * Whether a text means more as a pattern than as plain text. A mere | does not: subjects of some issuers have one.
     */
    public static boolean looksLikeOne(String text) {
        return REGEX_SIGNS.matcher(text).find() || GLOB_SIGNS.matcher(text).find();
    }

    /** Whether a text that is compared exactly was meant as a pattern: names of environments may have brackets. */
    static boolean isMeantAsOne(YamlSource exact) {
        String text = exact.text();
        return switch (exact.section().isEmpty() ? exact.name() : exact.section()) {
            case "subject", "subjects" ->
                !PlatformSubjects.isWorkload(text)
                        && ((isName(text) && Formats.isSubject(text))
                                ? OPERATORS.matcher(text).find()
                                : looksLikeOne(text));
            case "issuer", "audience", "app" -> looksLikeOne(text);
            default -> OPERATORS.matcher(text).find();
        };
    }

    /** Whether a subject has parts that people name as they like, with blanks and brackets. */
    private static boolean isName(String subject) {
        return NAMED.matcher(subject).find();
    }

    /** The pattern that a text was meant to be; a star alone is taken for any characters. */
    public static Optional<String> meantBy(String text) {
        return meantBy(text, ".*");
    }

    /** The same for an address, where a star alone stays within a part of the path. */
    static Optional<String> meantByAddress(String text) {
        return meantBy(text, "[^/]*");
    }

    private static Optional<String> meantBy(String text, String star) {
        String pattern = REGEX_SIGNS.matcher(text).find() ? text : escape(text).replace("\\*", star);
        return PatternShape.isPattern(pattern) ? Optional.of(pattern) : Optional.empty();
    }

    /** A pattern for the text itself. */
    public static String escape(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }
}
