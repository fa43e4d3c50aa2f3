/** Tests of where policies come from and how long they are remembered. */
@NullMarked
package dev.octosts.exchange.policies;

import org.jspecify.annotations.NullMarked;
