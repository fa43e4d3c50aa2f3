package dev.octosts.operators.http;

import dev.octosts.api.AuditNote;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Operator;
import java.time.Instant;
import java.util.Map;

/** Refreshes what this process remembers. */
public final class Refreshing {

    /** As long as an issuer may be. */
    public static final int LONGEST_ISSUER = 255;

    private final OperatorPorts ports;

    /** Over the service. */
    public Refreshing(OperatorPorts ports) {
        this.ports = ports;
    }

    /**
     * What was done.
     *
     * @param at when
     * @param issuer whose keys were to be forgotten; empty for none
     * @param hadKeys whether there were keys of it
     */
    public record Refreshed(Instant at, String issuer, boolean hadKeys) {}

    /**
     * Makes remembered policies, files and installations stale, and forgets the keys of an issuer.
     *
     * @param issuer empty to forget no keys
     */
    public Refreshed refresh(Operator operator, String issuer) {
        if (issuer.length() > LONGEST_ISSUER) {
            throw CallRefused.invalid("{issuer} is longer than any issuer");
        }
        boolean hadKeys = !issuer.isEmpty()
                && ports.service().state().issuers().stream()
                        .anyMatch(known -> known.issuer().equals(issuer));
        ports.service().refresh();
        if (!issuer.isEmpty()) {
            ports.service().forgetKeys(issuer);
        }
        Instant now = ports.clock().instant();
        ports.notes()
                .accept(new AuditNote(
                        AuditNote.About.OPERATOR,
                        "refresh",
                        "",
                        operator.name(),
                        issuer.isEmpty() ? Map.of() : Map.of("issuer", issuer),
                        now));
        return new Refreshed(now, issuer, hadKeys);
    }
}
