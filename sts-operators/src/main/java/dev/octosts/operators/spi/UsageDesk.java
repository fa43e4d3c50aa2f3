package dev.octosts.operators.spi;

import dev.octosts.exchange.spi.StoreException;
import java.util.Optional;

/** What granted tokens were used for, as far as GitHub's audit log came in. */
public interface UsageDesk {

    /** Whether there is a place for it. Never changes. */
    boolean isOn();

    /** What the token of an exchange was used for; the record is one that may be seen. */
    TokenUse ofToken(AuditEntry exchange) throws StoreException;

    /**
     * What the tokens of a policy were used for.
     *
     * @param path owner, repository and path
     * @return empty when nothing is known of it, or it may not be seen
     */
    Optional<PolicyNeeds> ofPolicy(String path, Reach reach) throws StoreException;
}
