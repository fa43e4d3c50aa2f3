package dev.octosts.app.cli.usage;

import dev.octosts.policy.text.DidYouMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports a command line that makes no sense: what is wrong, what was probably meant, and where to read more, on one
 * line. Nothing that looks like a token is repeated.
 */
final class UsageErrors implements IParameterExceptionHandler {

    private static final String ERROR = "Error: ";
    private static final int SHORTEST_START = 3;
    private static final int MOST_STARTED = 3;
    private static final String ONE_OF = "(specify one of these): ";

    UsageErrors() {}

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        var line = wrong.getCommandLine();
        var command = line.getCommandSpec();
        var problem = MaskedText.line(problem(wrong, List.of(arguments)));
        line.getErr().println("octo-sts: " + problem + CommandLines.seeHelpOf(command.qualifiedName(), problem));
        line.getErr().flush();
        return command.exitCodeOnInvalidInput();
    }

    private static String problem(ParameterException wrong, List<String> arguments) {
        var command = wrong.getCommandLine().getCommandSpec();
        return switch (wrong) {
            case UnmatchedArgumentException unmatched ->
                unmatched(unmatched.getUnmatched().getFirst(), command, arguments);
            case MissingParameterException missing ->
                // A misspelt option is the cause, and not the one that is missing for it.
                wrong.getCommandLine().getUnmatchedArguments().stream()
                        .findFirst()
                        .map(word -> unmatched(word, command, arguments))
                        .orElseGet(() -> missing(missing));
            case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is given more than once";
            default -> {
                var argument = wrong.getArgSpec();
                var value = wrong.getValue();
                if (argument != null && value != null) {
                    yield value(argument, value);
                }
                yield isCommandMissing(wrong) ? missingCommand(command) : message(wrong);
            }
        };
    }

    private static String unmatched(String word, CommandSpec command, List<String> arguments) {
        if (word.startsWith("-") && word.length() > 1) {
            int end = word.indexOf('=');
            var name = end < 0 ? word : word.substring(0, end);
            return "there is no option " + MaskedText.argument(name)
                    + nearest(name, options(command)).orElse("");
        }
        int at = arguments.indexOf(word);
        var before = at > 0 ? arguments.get(at - 1) : "";
        if (before.endsWith(":") && before.length() > 1) {
            return "put quotes around " + MaskedText.argument(before + " " + word);
        }
        if (command.subcommands().isEmpty()) {
            return "there is an argument without an option's name: " + MaskedText.argument(word)
                    + requiredOption(command, arguments)
                            .map(option -> "; did you mean " + option + "?")
                            .orElse("");
        }
        return "there is no command " + MaskedText.argument(word)
                + nearest(word, commands(command)).orElseGet(() -> "; there are " + list(visible(command), " and "));
    }

    /** The option that a value without a name is probably meant for. */
    private static Optional<String> requiredOption(CommandSpec command, List<String> arguments) {
        return command.options().stream()
                .filter(option -> option.required()
                        && option.group() == null
                        && option.arity().max() > 0)
                .filter(option -> Stream.of(option.names())
                        .noneMatch(name -> arguments.stream()
                                .anyMatch(given -> given.equals(name) || given.startsWith(name + "="))))
                .map(option -> option.longestName() + "=" + option.paramLabel())
                .findFirst();
    }

    private static Map<String, String> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.names()))
                .collect(Collectors.toMap(name -> name, name -> name, (one, _) -> one, LinkedHashMap::new));
    }

    /** What is typed, and what is meant: commands of this one, and those below them, which people call directly. */
    private static Map<String, String> commands(CommandSpec command) {
        var meant = new LinkedHashMap<String, String>();
        visible(command).forEach(name -> meant.put(name, name));
        command.subcommands()
                .forEach((name, line) ->
                        visible(line.getCommandSpec()).forEach(inner -> meant.putIfAbsent(inner, name + " " + inner)));
        return meant;
    }

    private static List<String> visible(CommandSpec command) {
        return command.subcommands().entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Optional<String> nearest(String word, Map<String, String> meant) {
        var folded = new LinkedHashMap<String, String>();
        meant.forEach((typed, full) -> folded.put(fold(typed), full));
        var begun = fold(word);
        var started = begun.length() < SHORTEST_START
                ? List.<String>of()
                : folded.keySet().stream()
                        .filter(name -> name.startsWith(begun))
                        .toList();
        var near = started.isEmpty() || started.size() > MOST_STARTED
                ? DidYouMean.to(begun, folded.keySet()).stream().toList()
                : started;
        return near.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "; did you mean " + list(near.stream().map(folded::get).toList(), " or ") + "?");
    }

    private static String fold(String word) {
        return word.replaceFirst("^-+", "").replace('-', '_');
    }

    private static String missing(MissingParameterException wrong) {
        var message = String.valueOf(wrong.getMessage());
        int oneOf = message.indexOf(ONE_OF);
        if (oneOf >= 0) {
            return "one of these is missing: " + message.substring(oneOf + ONE_OF.length());
        }
        var missing = wrong.getMissing();
        if (missing.size() == 1
                && missing.getFirst() instanceof OptionSpec option
                && !message.startsWith("Missing required option")) {
            return name(option) + " needs a value: " + option.paramLabel();
        }
        return list(missing.stream().map(UsageErrors::withLabel).toList(), " and ")
                + (missing.size() == 1 ? " is missing" : " are missing");
    }

    private static String withLabel(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + "=" + option.paramLabel()
                : argument.paramLabel();
    }

    private static String name(@Nullable ArgSpec argument) {
        return switch (argument) {
            case OptionSpec option -> option.names()[0];
            case null -> "an option";
            default -> argument.paramLabel();
        };
    }

    /** A value that is none of the kind that the argument takes. */
    private static String value(ArgSpec argument, String value) {
        if (argument.arity().max() == 0) {
            return name(argument) + " takes no value";
        }
        var kind = Stream.concat(Stream.of(argument.type()), Stream.of(argument.auxiliaryTypes()))
                .filter(Class::isEnum)
                .findFirst();
        var shown = name(argument) + ": " + MaskedText.argument(value);
        if (kind.isEmpty()) {
            return shown + " is not " + (isNumber(argument.type()) ? "a number" : argument.paramLabel());
        }
        var words = new ArrayList<String>();
        Arrays.stream(kind.get().getEnumConstants()).map(String::valueOf).forEach(words::add);
        return shown + " is none of " + String.join(", ", words)
                + DidYouMean.to(value, words)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
    }

    private static boolean isNumber(Class<?> type) {
        return type == int.class || type == long.class || type == double.class || Number.class.isAssignableFrom(type);
    }

    private static boolean isCommandMissing(ParameterException wrong) {
        return String.valueOf(wrong.getMessage()).startsWith("Missing required subcommand");
    }

    private static String missingCommand(CommandSpec command) {
        return "a command is missing: " + list(visible(command), " or ");
    }

    private static String message(ParameterException wrong) {
        var message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
        return message.startsWith(ERROR) ? message.substring(ERROR.length()) : message;
    }

    private static String list(List<String> words, String last) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + last + words.getLast();
    }
}
