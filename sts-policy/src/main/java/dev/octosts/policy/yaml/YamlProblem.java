package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.text.Characters;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A YAML reader's error message, rewritten so that it says what to do. */
final class YamlProblem {
    private static final int MAX_LENGTH = 300;

    /** Java's patterns take a step of the stack for each character; a file may have a line of a megabyte. */
    private static final int LONGEST_LINE = 1_000;

    private static final Pattern CONFLICT = Pattern.compile("(?m)^<{7} ");

    /** A key followed by a sign that other formats use there. */
    private static final Pattern EQUALS = Pattern.compile("[ \\t]*\\w+[ \\t]*=.*");

    private static final Pattern DEEPER = Pattern.compile("[ ]+[\\w-]+");
    private static final Pattern QUOTE_LEFT_OPEN =
            Pattern.compile("[^#'\"]*:[ ]+(?:'(?:[^']|'')*|\"(?:[^\"\\\\]|\\\\.)*)");

    /** The entries are tried in this order. */
    private static final String[][] ADVICE = {
        {"\\t(TAB)", "indent with blanks, YAML takes no tabs"},
        {"cannot start any token", "put a value that starts with @, ` or % into single quotes"},
        {
            "mapping values are not allowed",
            "put a value that has \": \" in it into single quotes, and check the indentation"
        },
        {"unexpected end of stream", "a quote is opened and never closed"},
        {"chomping or indentation", "put a value that starts with | or > into single quotes"},
        {"undefined alias", "put a value that starts with * into single quotes"},
        {"unexpected character found", "put a value that starts with * or & into single quotes"},
        {"could not find expected ':'", "write a colon and a blank behind the key"},
        {"expected '<document start>'", "start every key in the same column, the first one too"},
        {"expected <block end>, but found '<block mapping start>'", "indent this line as the lines that it belongs to"},
        {"expected <block end>, but found ','", "remove the comma"},
        {
            "expected <block end>",
            "put a value that starts with [, { or a quote into single quotes as a whole, and check the indentation"
        },
        {"expected ',' or", "close the bracket, or put the value into single quotes"},
    };

    /** Patterns of lines, with advice that helps more than the reader's message. */
    private static final String[][] IN_LINE = {
        {"```.*", "remove the line, a file has no fences"},
        {
            "(permissions|claim_pattern|claim|max_permissions):[ ]+[\\w-]+:[ ].*",
            "write what belongs to the key into lines of its own below it, with blanks before them"
        },
        {".*:[ ]+'(?:[^']|'')*'[\\w-].*", "a single quote inside single quotes is written twice"},
        {"[ ]*[\\w-]+:[ ]*\t.*", "write a blank for the tab, YAML takes no tabs here"},
    };

    private YamlProblem() {}

    static void tell(MarkedYAMLException problem, String file, Faults faults) {
        Mark mark = problem.getProblemMark();
        Position point = mark == null ? Position.START : Faults.position(mark);
        String found = problem.getProblem();
        if (found == null) {
            faults.at(point, DiagnosticCode.NOT_YAML, "not YAML");
        } else if (found.startsWith("found unknown escape character")) {
            faults.at(
                    point,
                    DiagnosticCode.BAD_ESCAPE,
                    "not YAML: a backslash in double quotes starts an escape sequence; use single quotes for a pattern");
        } else if (CONFLICT.matcher(file).find()) {
            faults.at(point, DiagnosticCode.NOT_YAML, "not YAML: a merge conflict is left in the file; resolve it");
        } else if (found.contains("another document")) {
            faults.at(point, DiagnosticCode.SECOND_DOCUMENT, "a second document starts here; a policy file has one");
        } else if (point.line() > 1 && openQuote(lines(file, point)).isPresent()) {
            faults.at(
                    openQuote(lines(file, point)).get(),
                    DiagnosticCode.NOT_YAML,
                    "not YAML: a quote is opened here and not closed in this line; close it");
        } else if (startsElsewhere(found) && problem.getContextMark() != null) {
            faults.at(
                    Faults.position(problem.getContextMark()),
                    DiagnosticCode.NOT_YAML,
                    "not YAML: " + explain(found)
                            + inLine(
                                            lines(file, Faults.position(problem.getContextMark())),
                                            Faults.position(problem.getContextMark()))
                                    .orElseGet(() -> advice(found)));
        } else {
            faults.at(
                    point,
                    DiagnosticCode.NOT_YAML,
                    "not YAML: " + explain(found)
                            + inLine(lines(file, point), point).orElseGet(() -> advice(found)));
        }
    }

    /** Whether the fault is where something begins, and not where the reader gave up. */
    private static boolean startsElsewhere(String found) {
        return found.contains("unexpected end of stream")
                || found.contains("could not find expected ':'")
                || found.startsWith("expected ',' or");
    }

    /** The lines up to the one with the problem. */
    private static List<String> lines(String file, Position point) {
        return file.lines().limit(point.line()).toList();
    }

    /**
     * The place where a line before the last one opens a quote that it does not close: the text after it is read as one
     * text.
     */
    private static Optional<Position> openQuote(List<String> lines) {
        int offset = 0;
        for (int i = 0; i < lines.size() - 1; i++) {
            String line = lines.get(i);
            if (line.length() <= LONGEST_LINE && QUOTE_LEFT_OPEN.matcher(line).matches()) {
                int column = line.indexOf(": ") + 1;
                while (line.charAt(column) == ' ') {
                    column++;
                }
                return Optional.of(new Position(i + 1, column + 1, offset + column));
            }
            offset += line.length() + 1;
        }
        return Optional.empty();
    }

    /** The cause, where the line with the problem, or the line before it, shows it better than the reader's words. */
    private static Optional<String> inLine(List<String> lines, Position point) {
        String line = lines.isEmpty() ? "" : lines.getLast();
        if (line.length() > LONGEST_LINE) {
            return Optional.empty();
        }
        for (String[] each : IN_LINE) {
            if (line.matches(each[0])) {
                return Optional.of("; " + each[1]);
            }
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - 2), lines.size());
        for (String each : last) {
            if (EQUALS.matcher(each).matches()) {
                return Optional.of("; write a colon and a blank behind the key, not =");
            }
            Optional<String> lookalike = each.codePoints()
                    .filter(c -> c == '\uff1a' || (c > 0x7f && !Characters.isPrintable(c)))
                    .mapToObj("; the character U+%04X is none of YAML's, replace it"::formatted)
                    .findFirst();
            if (lookalike.isPresent()) {
                return lookalike;
            }
        }
        boolean key = DEEPER.matcher(line.substring(0, Math.clamp(point.column() - 1L, 0, line.length())))
                .matches();
        return key ? Optional.of("; start the key in the same column as those above it") : Optional.empty();
    }

    /** The reader quotes names from the file, and a name may have a megabyte. */
    private static String explain(String found) {
        String line = found.replaceAll("\\s+", " ").replaceFirst("\\. \\(Do not use [^\\\\)]* for indentation\\)", "");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
    }

    private static String advice(String found) {
        for (String[] each : ADVICE) {
            if (found.contains(each[0])) {
                return "; " + each[1];
            }
        }
        return "";
    }
}
