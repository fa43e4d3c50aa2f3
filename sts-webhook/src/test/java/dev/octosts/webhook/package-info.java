@NullMarked
package dev.octosts.webhook;

import org.jspecify.annotations.NullMarked;
