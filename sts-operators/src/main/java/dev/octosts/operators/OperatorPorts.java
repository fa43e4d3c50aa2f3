package dev.octosts.operators;

import dev.octosts.api.AuditNote;
import dev.octosts.operators.spi.AuditSearch;
import dev.octosts.operators.spi.DenyDesk;
import dev.octosts.operators.spi.RecallDesk;
import dev.octosts.operators.spi.ServiceView;
import dev.octosts.operators.spi.UsageDesk;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.http.HttpService;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the operators' side needs of the service.
 *
 * @param audit the records
 * @param deny the rules that stop callers
 * @param usage what tokens were used for
 * @param recall takes tokens back
 * @param service its state
 * @param traffic what it does just now
 * @param notes takes what operators do, for the audit
 * @param clock tells the time
 * @param stream takes GitHub's stream of the audit log; empty for no stream
 */
public record OperatorPorts(
        AuditSearch audit,
        DenyDesk deny,
        UsageDesk usage,
        RecallDesk recall,
        ServiceView service,
        Traffic traffic,
        Consumer<AuditNote> notes,
        Clock clock,
        Optional<Stream> stream) {

    /**
     * A further service on the same port. It finds out by itself who calls, and bounds what it reads.
     *
     * @param service its routes
     * @param encoding how compressed bodies come to it
     * @param longestBody in bytes
     */
    public record Stream(HttpService service, ContentEncodingContext encoding, int longestBody) {}
}
