package dev.octosts.app.cli;

import dev.octosts.app.logging.Logs;
import dev.octosts.app.settings.Settings.LogLevel;
import dev.octosts.probers.JsonObjects;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.probe.ProbeReport;
import dev.octosts.probers.probe.ReportText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log of a prober that goes on: a line in JSON when it starts, and one for each round, in the form of the service's
 * log.
 */
final class ProbeLog {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeLog.class);

    private ProbeLog() {}

    /** Also the messages of the server are lines of this log. */
    static ProbeLog start() {
        Logs.start(LogLevel.INFO);
        return new ProbeLog();
    }

    void serving(ServiceAddress service, int port) {
        LOG.atInfo()
                .addKeyValue("service", service.toString())
                .addKeyValue("port", port)
                .log("probing");
    }

    void round(ProbeReport report) {
        var line = LOG.atLevel(report.isPassed() ? Level.INFO : Level.ERROR);
        for (var field : JsonObjects.values(ReportText.json(report)).entrySet()) {
            line = line.addKeyValue(field.getKey(), field.getValue());
        }
        line.log(ReportText.summary(report));
    }
}
