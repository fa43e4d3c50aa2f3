/**
 * A client of such token services. {@link IdentityTokenSource} gets the workload's own token, {@link StsClient}
 * exchanges it, {@link TokenRevoker} gives the GitHub token back. All of them call through {@link Network}, within the
 * limits of {@link RetryBudget}.
 */
@NullMarked
package dev.octosts.probers;

import org.jspecify.annotations.NullMarked;
