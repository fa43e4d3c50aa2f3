package dev.octosts.exchange.source;

import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;

/**
 * The rules of an organization that are in force for its exchanges.
 *
 * @param trustedIssuers the issuers that it trusts
 * @param guardrails what the policies of its repositories may grant
 */
public record OrganizationEnforcement(Enforcement<TrustedIssuers> trustedIssuers, Enforcement<Guardrails> guardrails) {}
