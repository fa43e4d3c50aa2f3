@NullMarked
package dev.octosts.exchange.routing;

import org.jspecify.annotations.NullMarked;
