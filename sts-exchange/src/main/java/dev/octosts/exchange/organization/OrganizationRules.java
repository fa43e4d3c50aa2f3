package dev.octosts.exchange.organization;

import dev.octosts.policy.Guardrails;
import dev.octosts.policy.TrustedIssuers;

/**
 * How the files of an organization bind the exchanges of this moment.
 *
 * @param trustedIssuers whom it trusts to issue tokens
 * @param guardrails what the policies of its repositories may grant
 */
public record OrganizationRules(Standing<TrustedIssuers> trustedIssuers, Standing<Guardrails> guardrails) {}
