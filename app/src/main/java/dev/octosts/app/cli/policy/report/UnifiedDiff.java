package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.text.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Writes the difference of two texts in the form that {@code patch} and {@code git apply} read. */
public final class UnifiedDiff {

    private static final int AROUND = 3;
    /** Above it, the whole middle counts as changed: a table of this size takes a moment. */
    private static final long LARGEST_TABLE = 4_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();

    private record Line(char sign, String text) {}

    private UnifiedDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
        compare();
    }

    /**
     * The difference, with a line break at its end.
     *
     * @param path of the file, with slashes; empty text when nothing differs
     */
    public static String of(String path, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        var diff = new UnifiedDiff(lines(before), lines(after));
        String name = SafeText.line(path).replaceFirst("^/+", "");
        return "--- a/" + name + "\n+++ b/" + name + "\n" + diff.hunks();
    }

    private static List<String> lines(String text) {
        var lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private void compare() {
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        before.subList(0, start).forEach(line -> lines.add(new Line(' ', line)));
        middle(before.subList(start, before.size() - end), after.subList(start, after.size() - end));
        before.subList(before.size() - end, before.size()).forEach(line -> lines.add(new Line(' ', line)));
    }

    private void middle(List<String> old, List<String> young) {
        if ((long) old.size() * young.size() > LARGEST_TABLE) {
            old.forEach(line -> lines.add(new Line('-', line)));
            young.forEach(line -> lines.add(new Line('+', line)));
            return;
        }
        int[][] common = new int[old.size() + 1][young.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = young.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(young.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < young.size()) {
            if (i < old.size() && j < young.size() && old.get(i).equals(young.get(j))) {
                lines.add(new Line(' ', old.get(i++)));
                j++;
            } else if (i < old.size() && (j == young.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', old.get(i++)));
            } else {
                lines.add(new Line('+', young.get(j++)));
            }
        }
    }

    private String hunks() {
        var text = new StringBuilder();
        int next = 0;
        while (next < lines.size()) {
            int first = changed(next);
            if (first == lines.size()) {
                break;
            }
            int last = first;
            for (int at = first; at < lines.size() && at <= last + 2 * AROUND; at++) {
                last = lines.get(at).sign() == ' ' ? last : at;
            }
            int from = Math.max(0, first - AROUND);
            int to = Math.min(lines.size(), last + 1 + AROUND);
            hunk(from, to, text);
            next = to;
        }
        return text.toString();
    }

    private int changed(int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).sign() == ' ') {
            at++;
        }
        return at;
    }

    private void hunk(int from, int to, StringBuilder text) {
        List<Line> shown = lines.subList(from, to);
        text.append("@@ -%s +%s @@\n".formatted(range(from, shown, '+'), range(from, shown, '-')));
        shown.forEach(line -> text.append(line.sign())
                .append(SafeText.line(line.text().replaceFirst("\r$", "")))
                .append('\n'));
    }

    /** The first line and the number of lines in one of the two texts, which has no lines with the other's sign. */
    private String range(int from, List<Line> shown, char otherSign) {
        long before = lines.subList(0, from).stream()
                .filter(line -> line.sign() != otherSign)
                .count();
        long count = shown.stream().filter(line -> line.sign() != otherSign).count();
        return (count == 0 ? before : before + 1) + "," + count;
    }
}
