/** Tests of the cache, with a clock that stands still until a test moves it. */
@NullMarked
package dev.octosts.exchange.cache;

import org.jspecify.annotations.NullMarked;
