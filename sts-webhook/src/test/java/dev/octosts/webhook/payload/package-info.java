@NullMarked
package dev.octosts.webhook.payload;

import org.jspecify.annotations.NullMarked;
