/** Modules that the program loads only where they are configured. */
@NullMarked
package dev.octosts.app.layer;

import org.jspecify.annotations.NullMarked;
