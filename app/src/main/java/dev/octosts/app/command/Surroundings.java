package dev.octosts.app.command;

import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command finds around it.
 *
 * @param environment the variables of the process
 * @param input standard input
 * @param clock the time
 */
record Surroundings(Map<String, String> environment, InputStream input, Clock clock) {

    /**
     * A value and where it came from.
     *
     * @param name the option or variable, for messages
     */
    record Given(String name, String value) {}

    static Surroundings ofThisProcess() {
        return new Surroundings(System.getenv(), System.in, Clock.systemUTC());
    }

    /** What the option says, else what the variable says; empty is not given. */
    Optional<Given> given(String option, @Nullable String value, String variable) {
        return Optional.ofNullable(value)
                .map(text -> new Given(option, text))
                .or(() -> Optional.ofNullable(environment.get(variable)).map(text -> new Given(variable, text)))
                .filter(given -> !given.value().isEmpty());
    }
}
