package dev.octosts.operators.http;

import dev.octosts.api.AuditNote;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Operator;
import java.util.Map;

/** Refreshes what this process remembers. */
public final class Refreshing {

    private static final int LONGEST_ISSUER = 255;

    private final OperatorPorts ports;

    /** Over the service. */
    public Refreshing(OperatorPorts ports) {
        this.ports = ports;
    }

    /**
     * Makes remembered policies, files and installations stale, and forgets the keys of an issuer.
     *
     * @param issuer empty to forget no keys
     */
    public void refresh(Operator operator, String issuer) {
        if (issuer.length() > LONGEST_ISSUER) {
            throw CallRefused.invalid("issuer is longer than any issuer");
        }
        ports.service().refresh();
        if (!issuer.isEmpty()) {
            ports.service().forgetKeys(issuer);
        }
        ports.notes()
                .accept(new AuditNote(
                        AuditNote.About.OPERATOR,
                        "refresh",
                        "",
                        operator.name(),
                        issuer.isEmpty() ? Map.of() : Map.of("issuer", issuer),
                        ports.clock().instant()));
    }
}
