/** {@link RefreshingCache}: what the exchange remembers of GitHub, and how it comes to know. */
@NullMarked
package dev.octosts.exchange.cache;

import org.jspecify.annotations.NullMarked;
