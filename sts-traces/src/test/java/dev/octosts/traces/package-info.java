@NullMarked
package dev.octosts.traces;

import org.jspecify.annotations.NullMarked;
