package dev.octosts.policy.lint;

import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.yaml.YamlSource;
import java.util.Optional;
import java.util.Set;

/** Writes texts as YAML scalars. */
public final class Scalars {
    private static final String NEVER_FIRST = "!&*-?|>@%`{}[],#'\": \t";
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL", "<<");

    private Scalars() {}

    /** The text, in single quotes where it needs them. */
    public static String write(String text) {
        return isPlain(text) ? text : quote(text);
    }

    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The edit that removes the line break from a block's end, with YAML's sign for it. */
    static Optional<Edit> withoutLineBreak(YamlSource block, String source) {
        int start = block.value().start().offset();
        int sign = source.offsetByCodePoints(0, start);
        boolean bare = source.startsWith("|\n", sign) || source.startsWith(">\n", sign);
        return bare ? Optional.of(new Edit(start + 1, start + 1, "-")) : Optional.empty();
    }

    /**
     * Gives an entry another text, in the same quotes but never double ones. Empty where that would also change
     * something else: in a block, in several lines, in an alias.
     */
    static Optional<Edit> rewrite(YamlSource entry, String text) {
        boolean elsewhere = entry.value().start().offset() < entry.key().start().offset();
        boolean severalLines =
                entry.value().start().line() != entry.value().end().line();
        boolean control = text.chars().anyMatch(c -> c < ' ');
        if (elsewhere || severalLines || control || entry.form() == YamlSource.Form.BLOCK || !entry.isText()) {
            return Optional.empty();
        }
        boolean plain = entry.form() == YamlSource.Form.PLAIN;
        return Optional.of(Edit.replace(entry.value(), plain ? write(text) : quote(text)));
    }

    private static boolean isPlain(String text) {
        return !NULLS.contains(text)
                && NEVER_FIRST.indexOf(text.charAt(0)) < 0
                && text.chars().noneMatch(c -> "{}[],".indexOf(c) >= 0 || c < ' ')
                && !text.contains(": ")
                && !text.contains(" #")
                && !text.endsWith(":")
                && !text.endsWith(" ");
    }
}
