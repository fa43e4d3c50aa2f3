package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.yaml.YamlSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fixes that need the file's text. Offsets are in characters (code points), so the text is read as code points. */
final class TextFixes {
    private static final Pattern FLOW_LIST =
            Pattern.compile("\\[\\s*((['\"]?)[\\w./:@-]+\\2(?:\\s*,\\s*(['\"]?)[\\w./:@-]+\\3)*)\\s*,?\\s*]");
    private static final Pattern BLOCK_LIST =
            Pattern.compile("-\\s+(['\"]?)([\\w./:@-]+)\\1[ \\t]*(?:\\r?\\n\\s*|$)(?=-|$|[^\\s-])");
    private static final Pattern DASHED_ENTRY = Pattern.compile("(?m)^([ \\t]*)(- +)['\"]?[\\w-]+['\"]?:");

    /** Text in brackets that is usual in a pattern, and rare in a list. */
    private static final Pattern CLASS = Pattern.compile("\\^.*|(?:\\w-\\w|\\\\[dw])+");

    private final int[] text;

    TextFixes(String text) {
        this.text = text.codePoints().toArray();
    }

    String slice(int start, int end) {
        int from = Math.clamp(start, 0, text.length);
        return new String(text, from, Math.clamp(end, from, text.length) - from);
    }

    /** Whether a comment follows the place, on the same line. */
    boolean startsComment(FaultLocation place) {
        return follows(place, '#');
    }

    /** Whether a YAML anchor follows a key. */
    boolean startsAnchor(FaultLocation key) {
        return follows(key, '&');
    }

    private boolean follows(FaultLocation place, char sign) {
        int end = place.end().offset();
        while (end < text.length && (text[end] == ':' || text[end] == ' ')) {
            end++;
        }
        return end < text.length && text[end] == sign;
    }

    /** Turns the double-quoted text with a bad escape sequence into a single-quoted one. */
    Optional<Fix> singleQuotes(Position inside) {
        Fix byHand = Fix.advice("put the text into single quotes");
        int line = inside.offset();
        while (line > 0 && text[line - 1] != '\n') {
            line--;
        }
        int start = opening(line, inside.offset());
        int end = start < 0 ? -1 : closing(start + 1);
        if (end < 0) {
            return Optional.of(byHand);
        }
        String content = slice(start + 1, end).replace("\\\"", "\"").replace("\\\\", "\\");
        if (content.contains("\n")) {
            return Optional.of(byHand);
        }
        return Optional.of(Fix.edit(byHand.advice(), new Edit(start, end + 1, Scalars.quote(content))));
    }

    /** The double quote that is open at an offset, or -1. */
    private int opening(int from, int offset) {
        int open = -1;
        boolean single = false;
        for (int i = from; i < Math.min(offset, text.length); i++) {
            if (text[i] == '\\' && open >= 0) {
                i++;
            } else if (text[i] == '"' && !single) {
                open = open >= 0 ? -1 : i;
            } else if (text[i] == '\'' && open < 0) {
                single = !single;
            }
        }
        return open;
    }

    private int closing(int from) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == '\\') {
                i++;
            } else if (text[i] == '"') {
                return i;
            }
        }
        return -1;
    }

    /** Removes the lines of an entry of a block. */
    Optional<Fix> remove(FaultLocation key, PolicyView policy, String advice) {
        Optional<YamlSource> entry = policy.entryWithKey(key);
        int start = key.start().offset();
        if (entry.isEmpty() || start < key.start().column() - 1 || key.start().column() != 1) {
            return Optional.of(Fix.advice(advice));
        }
        int end = entry.get().value().end().offset();
        for (YamlSource each : policy.below(entry.get().name())) {
            end = Math.max(end, each.value().end().offset());
        }
        if (entry.get().form() == YamlSource.Form.LIST
                && text[entry.get().value().start().offset()] != '[') {
            end = policy.below(entry.get().name()).stream()
                    .mapToInt(each -> each.value().end().offset())
                    .max()
                    .orElse(end);
        }
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return Optional.of(Fix.edit(advice, new Edit(start, Math.min(end + 1, text.length), "")));
    }

    /** A list of levels becomes the highest of them. */
    Optional<Fix> highestOf(FaultLocation place) {
        Optional<String> level = highest(items(place));
        return Optional.of(level.map(found ->
                        Fix.edit("use %s, which includes the lower levels".formatted(found), instead(place, found)))
                .orElseGet(() -> Fix.advice("write one of read, write, admin")));
    }

    /** A list of one text becomes that text. A list of several becomes a pattern for all of them. */
    Optional<Fix> patternOf(YamlSource entry, PolicyView policy) {
        if (entry.isItem()) {
            return Optional.of(Fix.advice("write one text"));
        }
        List<String> items = items(entry.value());
        if (entry.name().equals("subject") && entry.section().isEmpty() && items.size() > 1) {
            return Optional.of(
                    policy.entry("subjects").isEmpty()
                            ? Fix.edit("several subjects stand in subjects", Edit.replace(entry.key(), "subjects"))
                            : Fix.advice("move them to subjects"));
        }
        boolean exact = entry.section().isEmpty() && !entry.name().endsWith("_pattern");
        String key = exact && items.size() > 1 ? entry.name() + "_pattern" : entry.name();
        if (items.isEmpty() || (!key.equals(entry.name()) && policy.entry(key).isPresent())) {
            return Optional.of(Fix.advice("write one text, or a pattern such as (one|other)"));
        }
        if (items.size() == 1) {
            String text = items.getFirst();
            if (!exact && CLASS.matcher(text).matches()) {
                return Optional.of(Fix.edit(
                        "put a pattern that starts with [ into single quotes",
                        instead(entry.value(), Scalars.quote("[" + text + "]"))));
            }
            return Optional.of(
                    Fix.edit("use %s without a list".formatted(text), instead(entry.value(), Scalars.write(text))));
        }
        String pattern = items.stream()
                .map(item -> exact ? Patterns.escape(item) : item)
                .collect(Collectors.joining("|", "(", ")"));
        return Optional.of(Fix.edit(
                "use %s: %s".formatted(key, pattern),
                Edit.replace(entry.key(), key),
                instead(entry.value(), Scalars.write(pattern))));
    }

    /** Replaces the list by one text. The place of a block list starts behind the key. */
    private Edit instead(FaultLocation list, String replacement) {
        int start = list.start().offset();
        boolean block = text[start] == '-';
        return new Edit(
                block ? afterColon(start) : start,
                trimmed(start, list.end().offset()),
                (block ? " " : "") + replacement);
    }

    /** {@code - contents: read} below {@code permissions} becomes {@code contents: read}. */
    Optional<Fix> fromListOfMappings(FaultLocation place) {
        int start = place.start().offset();
        if (start >= text.length || text[start] != '-') {
            return Optional.empty();
        }
        int line = start - (place.start().column() - 1);
        int end = trimmed(start, place.end().offset());
        String block = slice(line, end);
        List<MatchResult> dashes = DASHED_ENTRY.matcher(block).results().toList();
        if (dashes.size() != block.lines().filter(each -> !each.isBlank()).count()) {
            return Optional.empty();
        }
        var edits = new ArrayList<Edit>();
        for (MatchResult dash : dashes) {
            int at = line + block.codePointCount(0, dash.start(2));
            edits.add(new Edit(at, at + 1, " "));
        }
        return Optional.of(new Fix("remove the dashes", edits));
    }

    private List<String> items(FaultLocation place) {
        String list = slice(place.start().offset(), place.end().offset());
        var flow = FLOW_LIST.matcher(list.strip());
        if (flow.matches()) {
            return List.of(flow.group(1).replaceAll("['\"]", "").split("\\s*,\\s*"));
        }
        var items =
                BLOCK_LIST.matcher(list).results().map(item -> item.group(2)).toList();
        return items.size() == list.lines().filter(line -> !line.isBlank()).count() ? items : List.of();
    }

    private static Optional<String> highest(List<String> levels) {
        for (String level : List.of("admin", "write", "read")) {
            if (levels.contains(level) && List.of("read", "write", "admin").containsAll(levels)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    private int trimmed(int start, int end) {
        int trimmed = Math.min(end, text.length);
        while (trimmed > start && Character.isWhitespace(text[trimmed - 1])) {
            trimmed--;
        }
        return trimmed;
    }

    private int afterColon(int start) {
        int from = start;
        while (from > 0 && text[from - 1] != ':') {
            from--;
        }
        return from;
    }
}
