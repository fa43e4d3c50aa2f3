package dev.octosts.policy.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a class of characters in brackets. */
final class PatternClass {
    private static final Map<String, CodePoints> POSIX = posix();

    private final PatternCursor cursor;
    private final @Nullable CaseFolding folding;
    private final int start;
    private final List<CodePoints> members = new ArrayList<>();
    private boolean opaque;

    private PatternClass(PatternCursor cursor, @Nullable CaseFolding folding) {
        this.cursor = cursor;
        this.folding = folding;
        this.start = cursor.position();
    }

    /**
     * Reads from the opening bracket to behind the closing one.
     *
     * @param folding the case folding that ranges are charged to; null when case matters
     */
    static Expression read(PatternCursor cursor, @Nullable CaseFolding folding) throws PatternFault {
        return new PatternClass(cursor, folding).read();
    }

    private Expression read() throws PatternFault {
        cursor.next();
        boolean negated = cursor.skip("^");
        // A closing bracket in the first place is an ordinary character.
        for (boolean first = true; first || !cursor.at("]"); first = false) {
            if (cursor.atEnd()) {
                throw PatternFault.at(start, "the class that [ opens is not closed by ]");
            }
            member();
        }
        cursor.next();
        CodePoints set = CodePoints.union(members);
        return opaque
                ? UnicodeClass.of(cursor.since(start))
                : new Expression.Characters(negated ? set.complement() : set);
    }

    private void member() throws PatternFault {
        if (posixClass()) {
            return;
        }
        if (PatternEscapes.skipUnicodeClass(cursor)) {
            opaque = true;
            return;
        }
        var escaped = PatternEscapes.characterClass(cursor);
        if (escaped.isPresent()) {
            members.add(escaped.get());
            return;
        }
        range();
    }

    private boolean posixClass() throws PatternFault {
        int position = cursor.position();
        if (!cursor.skip("[:")) {
            return false;
        }
        String name = cursor.until(":]");
        if (name == null) {
            cursor.back(position);
            return false;
        }
        CodePoints set = POSIX.get(name.startsWith("^") ? name.substring(1) : name);
        if (set == null) {
            throw PatternFault.at(position, "unknown class [:%s:]; known are %s".formatted(name, POSIX.keySet()));
        }
        members.add(name.startsWith("^") ? set.complement() : set);
        return true;
    }

    private void range() throws PatternFault {
        int position = cursor.position();
        int first = character();
        int last = first;
        if (cursor.at("-") && !cursor.at("-]")) {
            cursor.next();
            if (cursor.atEnd()) {
                throw PatternFault.at(start, "the class that [ opens is not closed by ]");
            }
            last = character();
        }
        if (last < first) {
            throw PatternFault.at(position, "a range of characters that ends before it starts");
        }
        if (folding != null) {
            folding.charge(first, last);
        }
        members.add(CodePoints.of(first, last));
    }

    private int character() throws PatternFault {
        return cursor.at("\\") ? PatternEscapes.character(cursor) : cursor.next();
    }

    private static Map<String, CodePoints> posix() {
        CodePoints digit = CodePoints.of('0', '9');
        CodePoints upper = CodePoints.of('A', 'Z');
        CodePoints lower = CodePoints.of('a', 'z');
        CodePoints alpha = CodePoints.union(List.of(upper, lower));
        CodePoints alnum = CodePoints.union(List.of(alpha, digit));
        var classes = new TreeMap<String, CodePoints>();
        classes.put("digit", digit);
        classes.put("upper", upper);
        classes.put("lower", lower);
        classes.put("alpha", alpha);
        classes.put("alnum", alnum);
        classes.put("word", CodePoints.union(List.of(alnum, CodePoints.anyOf("_"))));
        classes.put("xdigit", CodePoints.union(List.of(digit, CodePoints.of('A', 'F'), CodePoints.of('a', 'f'))));
        classes.put("ascii", CodePoints.of(0, 0x7f));
        classes.put("blank", CodePoints.anyOf("\t "));
        classes.put("space", CodePoints.anyOf("\t\n\u000b\f\r "));
        classes.put("cntrl", CodePoints.union(List.of(CodePoints.of(0, 0x1f), CodePoints.of(0x7f, 0x7f))));
        classes.put("graph", CodePoints.of('!', '~'));
        classes.put("print", CodePoints.of(' ', '~'));
        classes.put("punct", CodePoints.anyOf("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"));
        return classes;
    }
}
