package dev.octosts.app.observe;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.app.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for every exchange, allowed or denied, and for every explanation of one. */
@ApplicationScoped
class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("audit");

    private final String source;

    @Inject
    AuditLog(Settings settings) {
        this.source = "https://" + settings.exchange().domain();
    }

    void write(@Observes ExchangeEvent event) {
        LOG.info(AuditArgument.name(event.operation()), new AuditArgument(source, event));
    }
}
