package dev.octosts.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pattern for a whole value. */
final class TextPattern {
    private final Pattern pattern;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Null when the text is no pattern; {@code fault} is then told why. */
    static @Nullable TextPattern compile(String text, Consumer<String> fault) {
        try {
            return new TextPattern(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            fault.accept(e.getDescription());
            return null;
        }
    }

    String text() {
        return pattern.pattern();
    }

    int weight() {
        return 100 * pattern.programSize();
    }

    boolean matches(String value) {
        return pattern.matches(value);
    }
}
