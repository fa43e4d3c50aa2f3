package dev.octosts.app.cli.usage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The help of a command. Lines break at blanks only, so that every file name, address and option is whole; picocli's
 * own layout breaks them at dots, dashes and slashes.
 */
final class HelpText {

    private static final int INDENT = 2;
    private static final int WIDEST_LABEL = 28;
    private static final int LEAST_TEXT = 20;
    private static final Pattern BLANKS = Pattern.compile(" +");
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final CommandSpec command;
    private final int width;
    private final boolean bold;
    private final StringBuilder text = new StringBuilder();

    /** What has a name on the left and a description on the right. */
    record HelpItem(String label, String description) {}

    HelpText(CommandSpec command, int width, boolean bold) {
        this.command = command;
        this.width = width;
        this.bold = bold;
    }

    String text() {
        var usage = command.usageMessage();
        paragraph(heading("Usage:") + " ", "Usage: ".length(), synopsis());
        for (String paragraph : paragraphs()) {
            line("");
            paragraph("", 0, paragraph);
        }
        items("Commands:", commands());
        items("Arguments:", arguments());
        items("Options:", options());
        if (usage.footer().length > 0) {
            line("");
            line(heading("Examples:"));
            Stream.of(usage.footer()).forEach(example -> line(" ".repeat(INDENT) + example));
        }
        items("Exit status:", exitStatus());
        return text.toString();
    }

    /** What the command does. */
    List<String> paragraphs() {
        return Stream.of(
                        command.usageMessage().description(),
                        command.usageMessage().header())
                .flatMap(Arrays::stream)
                .map(HelpText::expanded)
                .toList();
    }

    List<HelpItem> exitStatus() {
        return command.usageMessage().exitCodeList().entrySet().stream()
                .map(code -> new HelpItem(code.getKey().strip(), expanded(code.getValue())))
                .toList();
    }

    private String synopsis() {
        return Stream.concat(Stream.of(command.qualifiedName()), arity().stream())
                .collect(Collectors.joining(" "));
    }

    /** What follows the name of the command. */
    List<String> arity() {
        var words = new ArrayList<String>();
        if (command.options().stream().anyMatch(option -> !option.hidden() && !option.required())) {
            words.add("[OPTIONS]");
        }
        command.options().stream()
                .filter(option -> option.required() && option.group() == null && !option.hidden())
                .map(option -> option.longestName() + value(option))
                .forEach(words::add);
        command.argGroups().stream()
                .filter(group -> group.multiplicity().min() > 0)
                .map(ArgGroupSpec::synopsis)
                .forEach(words::add);
        command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .map(HelpText::synopsis)
                .forEach(words::add);
        if (!command.subcommands().isEmpty()) {
            words.add("COMMAND");
        }
        return words;
    }

    private static String synopsis(PositionalParamSpec parameter) {
        var label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
        return parameter.arity().min() > 0 ? label : "[" + label + "]";
    }

    List<HelpItem> commands() {
        return command.subcommands().entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .map(each -> new HelpItem(each.getKey(), summary(each.getValue())))
                .toList();
    }

    /** What a command does and what it needs. */
    static String summary(CommandLine line) {
        var usage = line.getCommandSpec().usageMessage();
        return Stream.of(usage.header(), usage.description())
                .flatMap(Arrays::stream)
                .findFirst()
                .map(HelpText::expanded)
                .map(HelpText::firstSentence)
                .orElse("");
    }

    private static String firstSentence(String description) {
        int end = description.indexOf(". ");
        return end < 0 ? description : description.substring(0, end + 1);
    }

    List<HelpItem> arguments() {
        return command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .map(parameter -> new HelpItem(parameter.paramLabel(), description(parameter)))
                .toList();
    }

    /** Those that every command has come last, and what is short for another follows it. */
    List<HelpItem> options() {
        var declared = new ArrayList<>(command.options());
        var json = command.findOption("--json");
        var format = command.findOption("--format");
        if (json != null && format != null) {
            declared.remove(json);
            declared.add(declared.indexOf(format) + 1, json);
        }
        return declared.stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing((OptionSpec option) -> option.usageHelp() || option.versionHelp())
                        .thenComparingInt(OptionSpec::order))
                .map(option -> new HelpItem(label(option), description(option)))
                .toList();
    }

    private static String label(OptionSpec option) {
        var names = Stream.of(option.names())
                .map(name -> option.negatable() ? name.replaceFirst("^--", "--[no-]") : name)
                .collect(Collectors.joining(", "));
        return names + value(option);
    }

    private static String value(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        return option.arity().min() == 0 ? "[=" + option.paramLabel() + "]" : "=" + option.paramLabel();
    }

    static String description(ArgSpec argument) {
        return expanded(String.join(" ", argument.description()))
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString(true)));
    }

    /** The line breaks and per cent signs of picocli's texts. */
    private static String expanded(String description) {
        return description.replace("%n", " ").replace("%%", "%").strip();
    }

    private void items(String title, List<HelpItem> items) {
        if (items.isEmpty()) {
            return;
        }
        line("");
        line(heading(title));
        int widest = items.stream()
                .mapToInt(item -> item.label().length())
                .filter(length -> length <= WIDEST_LABEL)
                .max()
                .orElse(WIDEST_LABEL);
        int column = INDENT + widest + INDENT;
        boolean narrow = width - column < LEAST_TEXT;
        for (HelpItem item : items) {
            var label = " ".repeat(INDENT) + item.label();
            if (narrow || item.label().length() > widest) {
                line(label);
                int indent = narrow ? 2 * INDENT : column;
                paragraph(" ".repeat(indent), indent, item.description());
            } else {
                paragraph(label + " ".repeat(column - label.length()), column, item.description());
            }
        }
    }

    /**
     * Writes a text with line breaks at blanks.
     *
     * @param start what the first line begins with
     * @param indent the column where the text begins on every line
     */
    private void paragraph(String start, int indent, String words) {
        var line = new StringBuilder(start);
        int length = indent;
        boolean first = true;
        for (String word : BLANKS.split(words, -1)) {
            int more = (first ? 0 : 1) + word.length();
            if (!first && length + more > width) {
                line(line.toString());
                line = new StringBuilder(" ".repeat(indent));
                length = indent;
                first = true;
                more = word.length();
            }
            line.append(first ? "" : " ").append(word);
            length += more;
            first = false;
        }
        line(line.toString());
    }

    private String heading(String title) {
        return bold ? BOLD + title + PLAIN : title;
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append(System.lineSeparator());
    }
}
