package dev.octosts.operators.http;

import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.spi.AuditSearch;
import dev.octosts.operators.spi.DenyDesk;

/** What is in the database, or the answer that there is no database. */
public final class Stores {

    private Stores() {}

    /** The records. */
    public static AuditSearch audit(OperatorPorts ports) {
        if (!ports.audit().isOn()) {
            throw CallRefused.unavailable(
                    "this service keeps no records; set OCTOSTS_DB_URL, and do not set OCTOSTS_AUDIT to off");
        }
        return ports.audit();
    }

    /** The rules that stop callers. */
    public static DenyDesk deny(OperatorPorts ports) {
        if (!ports.deny().isOn()) {
            throw CallRefused.unavailable("this service has no place to keep rules; set OCTOSTS_DB_URL");
        }
        return ports.deny();
    }
}
