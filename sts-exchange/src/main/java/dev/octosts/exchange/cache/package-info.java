/** {@link RefreshingCache}: how the exchange remembers answers of GitHub, and how it loads them. */
@NullMarked
package dev.octosts.exchange.cache;

import org.jspecify.annotations.NullMarked;
