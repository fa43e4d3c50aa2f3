/** {@link PolicySource}: where trust policies come from, and how they are remembered. */
@NullMarked
package dev.octosts.exchange.policies;

import org.jspecify.annotations.NullMarked;
