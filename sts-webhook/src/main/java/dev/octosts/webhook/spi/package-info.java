/** The ports of the webhook that the program implements. */
@NullMarked
package dev.octosts.webhook.spi;

import org.jspecify.annotations.NullMarked;
