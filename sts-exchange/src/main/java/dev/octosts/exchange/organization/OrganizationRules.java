package dev.octosts.exchange.organization;

import dev.octosts.policy.Guardrails;
import dev.octosts.policy.TrustedIssuers;

/**
 * The rules of an organization that are in force for its exchanges.
 *
 * @param trustedIssuers the issuers that it trusts
 * @param guardrails what the policies of its repositories may grant
 */
public record OrganizationRules(Standing<TrustedIssuers> trustedIssuers, Standing<Guardrails> guardrails) {}
