package dev.octosts.policy.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a class of characters in brackets. */
final class PatternClass {
    private static final Map<String, CodePoints> POSIX = posix();

    private static final CodePoints NO_SLASH = CodePoints.anyOf("/").complement();

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

    /**
     * A class whose members only RE2/J knows. The only question about it is whether it contains a slash.
     *
     * @param text names the class, with the brackets or as an escape; a text that is not a class is found later
     */
    static Expression unicode(String text) {
        return new Expression.Opaque(hasSlash(text) ? CodePoints.ALL : NO_SLASH);
    }

    /**
     * The highest number of Unicode classes that a pattern can have; an escaped backslash before a p is counted, too.
     */
    static int mostUnicode(String pattern) {
        int found = 0;
        for (int i = pattern.indexOf('\\'); i >= 0 && i + 1 < pattern.length(); i = pattern.indexOf('\\', i + 1)) {
            if (pattern.charAt(i + 1) == 'p' || pattern.charAt(i + 1) == 'P') {
                found++;
            }
        }
        return found;
    }

    private static boolean hasSlash(String text) {
        try {
            return Pattern.matches(text, "/");
        } catch (PatternSyntaxException _) {
            return true;
        }
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
        return opaque ? unicode(cursor.since(start)) : new Expression.Characters(negated ? set.complement() : set);
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
