/**
 * A client of token services of this kind. {@link IdentityTokenSource} gets the workload's own token,
 * {@link StsClient} exchanges it, {@link TokenRevoker} gives the GitHub token back; {@link Network} is the way to all
 * of them, and {@link Patience} says how long it may take.
 */
@NullMarked
package dev.octosts.probers;

import org.jspecify.annotations.NullMarked;
