/**
 * What an organization or an operator permits at most: {@link Guardrails} limit what policies may grant, {@link
 * TrustedIssuers} which issuers may be trusted.
 */
@NullMarked
package dev.octosts.policy.guardrail;

import org.jspecify.annotations.NullMarked;
