package dev.octosts.exchange;

import dev.octosts.api.Egress;

/**
 * All settings of the exchange, checked once at the start.
 *
 * @param domain the audience that tokens must have when a policy names none
 * @param gitHub which GitHub is called, and as which Apps
 * @param policyRepository the repository of an organization that holds its organization-level files
 * @param limits the limits of every grant
 * @param issuers which issuers may be asked
 * @param callers what callers may know, and how often they may ask
 * @param sticky how exchanges that must keep their installation keep it
 * @param egress how calls leave this process
 */
public record ExchangeSettings(
        String domain,
        GitHubSettings gitHub,
        String policyRepository,
        GrantLimits limits,
        IssuerSettings issuers,
        CallerSettings callers,
        StickySettings sticky,
        Egress egress) {}
