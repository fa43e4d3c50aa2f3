package dev.octosts.app.settings;

import dev.octosts.api.trace.TraceSettings;
import dev.octosts.exchange.ExchangeSettings;
import dev.octosts.operators.OperatorsSettings;
import dev.octosts.webhook.WebhookSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The checked configuration of the program.
 *
 * @param serving which parts of the service this process serves
 * @param port where to listen
 * @param drain how long it goes on serving after the signal to stop
 * @param maxConnections the maximum number of connections at a time
 * @param metrics whether {@code /metrics} answers
 * @param playground whether {@code /playground} answers
 * @param grpc whether the port serves gRPC, over HTTP/2
 * @param logLevel the lowest level that is logged
 * @param exchange the settings of the exchange
 * @param webhook the settings of the webhook
 * @param events the target of events; empty when they are in the log only
 * @param eventIdentity who gives the identity tokens that the events carry; empty when they carry none
 * @param selfProbe whether and how the service probes itself; empty when it does not
 * @param database where the service keeps data that must survive a restart; empty when it keeps none
 * @param reloading what of all this is read again while the program runs
 * @param audit how records of exchanges are kept
 * @param operators the listener of operators; empty when there is none
 * @param traces how requests are recorded for the operator's collector; empty when they are not
 * @param notices notices for the operator although the program starts: one log line each
 */
public record Settings(
        ServedParts serving,
        int port,
        Duration drain,
        int maxConnections,
        boolean metrics,
        boolean playground,
        boolean grpc,
        LogLevel logLevel,
        ExchangeSettings exchange,
        WebhookSettings webhook,
        Optional<URI> events,
        Optional<EventIdentity> eventIdentity,
        Optional<SelfProbeSettings> selfProbe,
        Optional<DatabaseSettings> database,
        Reloading reloading,
        AuditSettings audit,
        Optional<OperatorsSettings> operators,
        Optional<TraceSettings> traces,
        List<String> notices) {

    public Settings {
        notices = List.copyOf(notices);
    }

    /** The levels of the log; the last one logs the most. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** The result of reading the variables. */
    public sealed interface Outcome {

        /**
         * The program can start.
         *
         * @param settings the settings to start with
         */
        record Sound(Settings settings) implements Outcome {}

        /**
         * The program must not start.
         *
         * @param faults every reason, in the order of the documentation
         */
        record Faulty(List<SettingFault> faults) implements Outcome {

            public Faulty {
                faults = List.copyOf(faults);
            }
        }
    }
}
