@NullMarked
package dev.octosts.probers.probe;

import org.jspecify.annotations.NullMarked;
