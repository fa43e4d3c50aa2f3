package dev.octosts.operators;

import dev.octosts.api.AuditNote;
import dev.octosts.operators.spi.AuditSearch;
import dev.octosts.operators.spi.DenyDesk;
import dev.octosts.operators.spi.ServiceView;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * What the operators' side needs of the service.
 *
 * @param audit the records
 * @param deny the rules that stop callers
 * @param service its state
 * @param traffic what it does just now
 * @param notes takes what operators do, for the audit
 * @param clock tells the time
 */
public record OperatorPorts(
        AuditSearch audit,
        DenyDesk deny,
        ServiceView service,
        Traffic traffic,
        Consumer<AuditNote> notes,
        Clock clock) {}
