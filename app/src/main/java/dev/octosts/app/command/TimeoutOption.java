package dev.octosts.app.command;

import dev.octosts.app.settings.GoValues;
import dev.octosts.probers.Patience;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The option for how long a service may take. */
final class TimeoutOption {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long to try, pauses included, such as 30s or 2m; ${DEFAULT-VALUE} when not given.")
    String timeout = "30s";

    TimeoutOption() {}

    Patience patience() throws Stop {
        try {
            var limit = GoValues.duration(timeout);
            if (limit.isPositive() && limit.compareTo(LONGEST) <= 0) {
                return Patience.of(limit);
            }
        } catch (IllegalArgumentException wrong) {
            throw new Stop(Stop.USAGE, "--timeout: " + wrong.getMessage());
        }
        throw new Stop(Stop.USAGE, "--timeout: give more than nothing and at most 10m");
    }
}
