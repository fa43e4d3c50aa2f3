/**
 * Which App serves an exchange. {@link AppPools} says which Apps may; {@link AppRanking} orders them by what
 * {@link RateLimitTracker} has found in GitHub's answers; {@link StickyAssignment} keeps the App that an exchange had
 * before.
 */
@NullMarked
package dev.octosts.exchange.routing;

import dev.octosts.github.AppPools;
import org.jspecify.annotations.NullMarked;
