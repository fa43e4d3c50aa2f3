package dev.octosts.app.cli.usage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The help of every command as pages of the manual. The same program gives the same pages.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/man.7.html">man(7): the macros</a>
 */
public final class ManualPages {

    private static final String SECTION = "1";

    private ManualPages() {}

    /**
     * Writes the pages.
     *
     * @param root the command that the pages are about, with all those below it
     * @param folder gets a file for each command, {@code octo-sts-policy-check.1}
     * @param date the date of the release, such as {@code 2026-11-29}
     */
    public static void write(CommandSpec root, Path folder, String date) throws IOException {
        Files.createDirectories(folder);
        for (var page : pages(root, date).entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue(), StandardCharsets.US_ASCII);
        }
    }

    /** The pages by file name. */
    static Map<String, String> pages(CommandSpec root, String date) {
        List<CommandSpec> commands = visible(root).toList();
        var pages = new LinkedHashMap<String, String>();
        for (CommandSpec command : commands) {
            pages.put(name(command) + "." + SECTION, page(command, commands, date));
        }
        return pages;
    }

    /** A command and those below it, without the hidden ones. */
    static Stream<CommandSpec> visible(CommandSpec command) {
        return command.usageMessage().hidden()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(command),
                        command.subcommands().values().stream()
                                .map(CommandLine::getCommandSpec)
                                .flatMap(ManualPages::visible));
    }

    private static String name(CommandSpec command) {
        return command.qualifiedName().replace(' ', '-');
    }

    private static String page(CommandSpec command, List<CommandSpec> all, String date) {
        var help = new HelpText(command, 0, false);
        var page = new StringBuilder();
        String version = String.join("", command.root().version());
        page.append(".TH \"%s\" %s \"%s\" \"%s\" \"Octo-STS\"\n"
                .formatted(escaped(name(command).toUpperCase(Locale.ROOT)), SECTION, date, escaped(version)));
        // Examples and options must not be broken at a hyphen.
        page.append(".nh\n.ad l\n");
        section(page, "NAME");
        line(page, escaped(name(command)) + " \\- " + escaped(HelpText.summary(command.commandLine())));
        section(page, "SYNOPSIS");
        line(page, "\\fB" + escaped(command.qualifiedName()) + "\\fR " + escaped(String.join(" ", help.arity())));
        section(page, "DESCRIPTION");
        String separator = "";
        for (String paragraph : help.paragraphs()) {
            page.append(separator);
            line(page, escaped(paragraph));
            separator = ".PP\n";
        }
        items(page, "COMMANDS", help.commands());
        items(page, "ARGUMENTS", help.arguments());
        items(page, "OPTIONS", help.options());
        items(page, "EXIT STATUS", help.exitStatus());
        String[] examples = command.usageMessage().footer();
        if (examples.length > 0) {
            section(page, "EXAMPLES");
            page.append(".nf\n");
            Stream.of(examples).forEach(example -> line(page, escaped(example)));
            page.append(".fi\n");
        }
        section(page, "SEE ALSO");
        line(page, related(command, all));
        return page.toString();
    }

    /** The command above, and those directly below. */
    private static String related(CommandSpec command, List<CommandSpec> all) {
        String related = all.stream()
                .filter(other -> command.equals(other.parent()) || other.equals(command.parent()))
                .map(other -> "\\fB" + escaped(name(other)) + "\\fR(" + SECTION + ")")
                .collect(Collectors.joining(", "));
        return (related.isEmpty() ? "" : related + ", ") + "https://github.com/octo\\-sts/octo\\-sts\\-java";
    }

    private static void section(StringBuilder page, String title) {
        page.append(".SH ")
                .append(title.contains(" ") ? '"' + title + '"' : title)
                .append('\n');
    }

    private static void items(StringBuilder page, String title, List<HelpText.HelpItem> items) {
        if (items.isEmpty()) {
            return;
        }
        section(page, title);
        for (HelpText.HelpItem item : items) {
            page.append(".TP\n");
            line(page, "\\fB" + escaped(item.label()) + "\\fR");
            line(page, escaped(item.description()));
        }
    }

    /** A line of text: a dot or an apostrophe at its begin would make it a request. */
    private static void line(StringBuilder page, String escaped) {
        boolean request = escaped.startsWith(".") || escaped.startsWith("'") || escaped.startsWith("\\(aq");
        page.append(request || escaped.isEmpty() ? "\\&" : "").append(escaped).append('\n');
    }

    /** Text as it is to appear: a plain hyphen or quote would become a typographic one, which nobody could type. */
    static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '"' -> escaped.append("\\(dq");
                case '`' -> escaped.append("\\(ga");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                case '\n' -> escaped.append(' ');
                default -> {
                    if (character >= ' ' && character < 0x7f) {
                        escaped.append((char) character);
                    } else {
                        escaped.append("\\[u%04X]".formatted(character));
                    }
                }
            }
        });
        return escaped.toString();
    }
}
