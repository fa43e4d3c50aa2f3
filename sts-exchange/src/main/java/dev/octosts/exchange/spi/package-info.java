/** The ports of the exchange that the program implements. */
@NullMarked
package dev.octosts.exchange.spi;

import org.jspecify.annotations.NullMarked;
