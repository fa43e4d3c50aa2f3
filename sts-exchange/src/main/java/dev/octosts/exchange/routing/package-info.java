/**
 * Which App serves an exchange. {@link AppPools} says which Apps may; {@link Router} orders them by what {@link Quotas}
 * has learnt from GitHub's answers; {@link StickyRouting} lets exchanges keep the one that they had.
 */
@NullMarked
package dev.octosts.exchange.routing;

import org.jspecify.annotations.NullMarked;
