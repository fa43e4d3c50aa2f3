package dev.octosts.exchange;

import java.net.URI;
import java.util.List;

/**
 * Everything that the exchange can be told from outside, checked once at the start.
 *
 * @param domain the audience that tokens must have when a policy names none
 * @param apps the GitHub Apps of the one pool that serves every owner; not empty
 * @param gitHub the base address of GitHub's REST API, without a slash at its end
 * @param policyRepository the repository of an organization that holds its organization-level files
 * @param issuers which issuers may be asked
 * @param outbound how calls leave this process
 */
public record ExchangeSettings(
        String domain,
        List<AppCredential> apps,
        URI gitHub,
        String policyRepository,
        IssuerSettings issuers,
        Outbound outbound) {

    public ExchangeSettings {
        apps = List.copyOf(apps);
    }
}
