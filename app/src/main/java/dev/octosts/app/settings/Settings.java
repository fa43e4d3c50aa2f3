package dev.octosts.app.settings;

import dev.octosts.exchange.ExchangeSettings;
import java.util.List;

/**
 * The checked configuration of the program.
 *
 * @param port where to listen
 * @param metrics whether {@code /metrics} answers
 * @param logLevel the least level that is logged
 * @param exchange what the exchange is told
 * @param quota how Apps are chosen by their remaining requests
 * @param notices what the operator should know although the program starts: one log line each
 */
public record Settings(
        int port,
        boolean metrics,
        LogLevel logLevel,
        ExchangeSettings exchange,
        QuotaSettings quota,
        List<String> notices) {

    public Settings {
        notices = List.copyOf(notices);
    }

    /** The levels of the log, the loudest last. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** What came of reading the variables. */
    public sealed interface Outcome {

        /**
         * The program can start.
         *
         * @param settings what to start with
         */
        record Sound(Settings settings) implements Outcome {}

        /**
         * The program must not start.
         *
         * @param faults every reason, in the order of the documentation
         */
        record Faulty(List<Fault> faults) implements Outcome {

            public Faulty {
                faults = List.copyOf(faults);
            }
        }
    }
}
