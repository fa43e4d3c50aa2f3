/**
 * The exchange. {@link Exchange} reads from top to bottom; {@link ExchangeSettings} has all its settings; {@link
 * ExchangeWiring} joins its parts.
 */
@NullMarked
package dev.octosts.exchange;

import org.jspecify.annotations.NullMarked;
