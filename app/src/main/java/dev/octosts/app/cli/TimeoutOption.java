package dev.octosts.app.cli;

import dev.octosts.app.settings.GoValues;
import dev.octosts.probers.RetryBudget;
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

    RetryBudget retries() throws CommandFailure {
        try {
            var limit = GoValues.duration(timeout);
            if (limit.isPositive() && limit.compareTo(LONGEST) <= 0) {
                return RetryBudget.of(limit);
            }
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(CommandFailure.USAGE, "--timeout: " + wrong.getMessage());
        }
        throw new CommandFailure(CommandFailure.USAGE, "--timeout: give more than nothing and at most 10m");
    }
}
