/** {@link PolicySource}: where trust policies come from, and what is remembered of them. */
@NullMarked
package dev.octosts.exchange.policies;

import org.jspecify.annotations.NullMarked;
