/** Organizations' files on a pool of Apps that fail as a test wants. */
@NullMarked
package dev.octosts.exchange.organization;

import org.jspecify.annotations.NullMarked;
