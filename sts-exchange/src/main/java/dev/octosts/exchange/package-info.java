/**
 * The exchange. {@link Exchange} reads top to bottom; {@link ExchangeSettings} is all it can be told from outside;
 * {@link ExchangeProducers} is the wiring diagram.
 */
@NullMarked
package dev.octosts.exchange;

import org.jspecify.annotations.NullMarked;
