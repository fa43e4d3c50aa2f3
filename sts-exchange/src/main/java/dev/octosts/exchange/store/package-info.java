/**
 * What the stores of the exchange have in common: {@link TimeLimit} limits the time that callers wait for one outside
 * this process, and {@link MemoryUsedTokens} takes the place of one.
 */
@NullMarked
package dev.octosts.exchange.store;

import org.jspecify.annotations.NullMarked;
