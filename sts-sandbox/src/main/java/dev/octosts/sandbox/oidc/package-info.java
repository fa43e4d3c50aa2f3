/**
 * OpenID Connect issuers over HTTP on loopback. {@link SandboxIssuers} hosts them. A {@link SandboxIssuer} publishes
 * its keys and signs tokens: correct ones, and ones that no service should accept.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery</a>
 */
@NullMarked
package dev.octosts.sandbox.oidc;

import org.jspecify.annotations.NullMarked;
