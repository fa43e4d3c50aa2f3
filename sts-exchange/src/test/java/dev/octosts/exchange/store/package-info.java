@NullMarked
package dev.octosts.exchange.store;

import org.jspecify.annotations.NullMarked;
