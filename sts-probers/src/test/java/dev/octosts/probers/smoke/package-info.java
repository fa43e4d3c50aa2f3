@NullMarked
package dev.octosts.probers.smoke;

import org.jspecify.annotations.NullMarked;
