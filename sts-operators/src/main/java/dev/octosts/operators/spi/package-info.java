/** What the operators' side wants to know of the service, and what it can change: ports that the program implements. */
@NullMarked
package dev.octosts.operators.spi;

import org.jspecify.annotations.NullMarked;
