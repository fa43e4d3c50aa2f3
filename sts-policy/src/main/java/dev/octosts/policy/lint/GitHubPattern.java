package dev.octosts.policy.lint;

import dev.octosts.policy.pattern.PatternFault;
import dev.octosts.policy.pattern.PatternShape;
import java.util.Optional;
import java.util.regex.Pattern;

/** The part of a pattern that accepts GitHub's ids of owners and repositories. */
final class GitHubPattern {
    static final String ANY_ID = "(@[0-9]+)?";

    private static final Pattern IDS =
            Pattern.compile("\\((?:\\?:)?@(?:\\[0-9]|\\\\d)[+*]\\)\\??|@(?:\\[0-9]|\\\\d)\\+");

    private GitHubPattern() {}

    /** The same values without ids; the subject itself where its pattern has no such part. */
    static AcceptedValues withoutIds(AcceptedValues subject) {
        String written = subject.written().text();
        String plain = IDS.matcher(written).replaceAll("");
        if (subject.shape().isEmpty() || plain.equals(written)) {
            return subject;
        }
        try {
            return new AcceptedValues(subject.written(), Optional.of(PatternShape.of(plain)));
        } catch (PatternFault _) {
            return subject;
        }
    }

    /** Whether both owner and repository may have an id or none. */
    static boolean hasBothForms(String pattern) {
        return IDS.matcher(pattern)
                        .results()
                        .filter(part -> part.group().endsWith("?"))
                        .count()
                == 2;
    }

    /** A pattern for both forms of a subject. */
    static String withIds(String owner, String name, String rest) {
        return "repo:" + Patterns.escape(owner) + ANY_ID + "/" + Patterns.escape(name) + ANY_ID + Patterns.escape(rest);
    }
}
