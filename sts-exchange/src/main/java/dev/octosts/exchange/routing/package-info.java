/**
 * Which App serves an exchange. {@link AppPools} says which Apps may; {@link Router} orders them by what {@link Quotas}
 * has learnt from GitHub's answers; {@link Slugs} knows their names.
 */
@NullMarked
package dev.octosts.exchange.routing;

import org.jspecify.annotations.NullMarked;
