/**
 * Which App serves an exchange. {@link AppPools} says which Apps may; {@link Router} orders them by what {@link Quotas}
 * has found in GitHub's answers; {@link StickyRouting} keeps the App that an exchange had before.
 */
@NullMarked
package dev.octosts.exchange.routing;

import org.jspecify.annotations.NullMarked;
