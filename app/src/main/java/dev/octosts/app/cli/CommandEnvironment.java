package dev.octosts.app.cli;

import dev.octosts.app.cli.policy.report.Colours;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The environment in which a command runs.
 *
 * @param variables the variables of the process
 * @param input standard input
 * @param clock the time
 * @param directory absolute; the base of relative paths
 */
public record CommandEnvironment(Map<String, String> variables, InputStream input, Clock clock, Path directory) {

    /**
     * A value and where it came from.
     *
     * @param name the option or variable, for messages
     */
    public record GivenValue(String name, String value) {}

    /** The environment of this process. */
    public static CommandEnvironment ofThisProcess() {
        return new CommandEnvironment(
                System.getenv(), System.in, Clock.systemUTC(), Path.of("").toAbsolutePath());
    }

    /** Whether a person has to type what the command reads, and so should know that it waits. */
    public boolean isTyped() {
        return input.equals(System.in) && Colours.isTerminal();
    }

    /** The value of the option, else the value of the variable; an empty value counts as not given. */
    public Optional<GivenValue> given(String option, @Nullable String value, String variable) {
        return Optional.ofNullable(value)
                .map(text -> new GivenValue(option, text))
                .or(() -> Optional.ofNullable(variables.get(variable)).map(text -> new GivenValue(variable, text)))
                .filter(given -> !given.value().isEmpty());
    }
}
