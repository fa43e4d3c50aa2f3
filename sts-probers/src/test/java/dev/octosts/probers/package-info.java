@NullMarked
package dev.octosts.probers;

import org.jspecify.annotations.NullMarked;
