@NullMarked
package dev.octosts.app.playground;

import org.jspecify.annotations.NullMarked;
