package dev.octosts.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import com.fasterxml.jackson.core.JsonFactory;
import net.logstash.logback.decorate.JsonFactoryDecorator;
import net.logstash.logback.decorate.JsonGeneratorDecorator;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashCommonFieldNames;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;
import net.logstash.logback.stacktrace.ShortenedThrowableConverter;

/** Configures Logback in code: a file would have to be found, parsed and kept consistent with {@link Scrub}. */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    private static final int MAX_STACK_TRACE = 8_192;

    /** For the service loader. */
    public LogConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        // A fault of the log itself must be reported somewhere.
        StatusListener complaints = status -> {
            if (status.getLevel() >= Status.WARN) {
                System.err.println(status);
            }
        };
        context.getStatusManager().add(complaints);
        var encoder = encoder();
        encoder.setContext(context);
        encoder.start();
        var console = new LineAppender(encoder, ConsoleTarget.SystemOut.getStream());
        console.setName("console");
        console.setContext(context);
        console.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console);
        quieten(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static Encoder<ILoggingEvent> encoder() {
        var masking = new MaskingJsonGeneratorDecorator();
        masking.addValueMasker((path, value) -> value instanceof CharSequence text ? Scrub.maskIfSecret(text) : null);
        masking.start();
        return new SecretFreeEncoder(json(generator -> generator), json(masking));
    }

    private static LogstashEncoder json(JsonGeneratorDecorator decorator) {
        var encoder = new LogstashEncoder();
        encoder.getFieldNames().setVersion(LogstashCommonFieldNames.IGNORE_FIELD_INDICATOR);
        encoder.getFieldNames().setLevelValue(LogstashCommonFieldNames.IGNORE_FIELD_INDICATOR);
        encoder.getFieldNames().setThread(LogstashCommonFieldNames.IGNORE_FIELD_INDICATOR);
        var stackTraces = new ShortenedThrowableConverter();
        stackTraces.setMaxLength(MAX_STACK_TRACE);
        stackTraces.setRootCauseFirst(true);
        encoder.setThrowableConverter(stackTraces);
        encoder.setJsonGeneratorDecorator(decorator);
        encoder.setJsonFactoryDecorator(new Escaping());
        return encoder;
    }

    /** Escapes all characters that a terminal would obey. */
    private static final class Escaping implements JsonFactoryDecorator {
        @Override
        public JsonFactory decorate(JsonFactory factory) {
            return factory.setCharacterEscapes(new SafeEscapes());
        }
    }

    /** Silences the frameworks' messages about their own start, which are of no use to an operator. */
    private static void quieten(LoggerContext context) {
        for (String chatty : new String[] {"io.helidon", "org.jboss.weld", "org.glassfish"}) {
            context.getLogger(chatty).setLevel(Level.WARN);
        }
        // At DEBUG the HTTP client logs headers and bodies, which contain credentials.
        context.getLogger("org.apache.hc.client5.http.headers").setLevel(Level.OFF);
        context.getLogger("org.apache.hc.client5.http.wire").setLevel(Level.OFF);
    }
}
