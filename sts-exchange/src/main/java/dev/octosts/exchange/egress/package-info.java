/** How calls leave this process, for every HTTP client of it. */
@NullMarked
package dev.octosts.exchange.egress;

import org.jspecify.annotations.NullMarked;
