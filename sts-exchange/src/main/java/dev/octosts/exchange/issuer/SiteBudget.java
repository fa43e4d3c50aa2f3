package dev.octosts.exchange.issuer;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.RateBudget;
import java.net.URI;

/**
 * Limits how often tokens may make this service call a site, in sum over all issuers: their documents, the key sets
 * that they name and every redirect. A stranger's call to its own site that ended in keys costs nothing, so that a
 * platform can bring many new issuers at once. Proven issuers are counted at the sites of others alone, and apart from
 * strangers: the owner of an installation may still point an issuer at a third party. Issuers that the operator names
 * are not counted.
 */
final class SiteBudget {
    private static final int MAX_SITES = 10_000;

    private final RateBudget<String> own = new RateBudget<>(5, 100, MAX_SITES, System::nanoTime);
    private final RateBudget<String> others = new RateBudget<>(1, 20, MAX_SITES, System::nanoTime);
    private final RateBudget<String> othersOfProven = new RateBudget<>(5, 100, MAX_SITES, System::nanoTime);
    private final RateBudget<String> retries = new RateBudget<>(0.5, 60, MAX_SITES, System::nanoTime);

    /**
     * Charges a call before it is made.
     *
     * @throws BusyException when the site was called too often
     */
    void charge(String issuer, boolean proven, URI target) throws BusyException {
        String site = Sites.of(target);
        if (!site.equals(Sites.of(issuer))) {
            (proven ? othersOfProven : others).use(site);
        } else if (!proven) {
            own.use(site);
        }
    }

    /** A call returned the wanted document. Its charge is given back when the call went to the issuer's own site. */
    void wasOfUse(String issuer, String address) {
        String site = Sites.of(issuer);
        if (Sites.of(address).equals(site)) {
            own.giveBack(site, 1);
        }
    }

    /** Whether a call that failed may be made again at once. */
    boolean mayRetry(URI target) {
        try {
            retries.use(Sites.of(target));
            return true;
        } catch (BusyException _) {
            return false;
        }
    }
}
