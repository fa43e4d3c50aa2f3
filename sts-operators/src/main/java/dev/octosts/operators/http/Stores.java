package dev.octosts.operators.http;

import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.spi.AuditSearch;
import dev.octosts.operators.spi.DenyDesk;
import dev.octosts.operators.spi.RecallDesk;
import dev.octosts.operators.spi.UsageDesk;

/** What is in the database, or the answer that there is no database. */
public final class Stores {

    /** What to do where tokens cannot be taken back. */
    public static final String RECALL_IS_OFF = "this service does not keep the tokens that it grants; set"
            + " OCTOSTS_REVOCABLE_TOKENS to true, and OCTOSTS_REVOCABLE_TOKENS_KEY to a file with a key of 32 bytes (openssl"
            + " rand -base64 32)";

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

    /** What tokens were used for. */
    public static UsageDesk usage(OperatorPorts ports) {
        audit(ports);
        if (!ports.usage().isOn()) {
            throw CallRefused.unavailable("this service has no place for the use of tokens; set OCTOSTS_DB_URL");
        }
        return ports.usage();
    }

    /** What takes tokens back. */
    public static RecallDesk recall(OperatorPorts ports) {
        if (!ports.recall().isOn()) {
            throw CallRefused.unavailable(RECALL_IS_OFF);
        }
        return ports.recall();
    }
}
