@NullMarked
package dev.octosts.probers.load;

import org.jspecify.annotations.NullMarked;
