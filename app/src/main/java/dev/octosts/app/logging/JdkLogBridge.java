package dev.octosts.app.logging;

import io.helidon.logging.common.spi.LoggingProvider;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends log events of the JDK's own loggers, which Helidon and other libraries use, to our log. */
public final class JdkLogBridge implements LoggingProvider {

    /** For the service loader. */
    public JdkLogBridge() {}

    @Override
    public void initialization() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    @Override
    public void runTime() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            initialization();
        }
    }
}
