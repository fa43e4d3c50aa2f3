/** Tests of the cache, with a clock that only a test moves. */
@NullMarked
package dev.octosts.exchange.cache;

import org.jspecify.annotations.NullMarked;
